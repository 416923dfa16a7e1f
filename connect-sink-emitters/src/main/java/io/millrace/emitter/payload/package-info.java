/** An event as an endpoint gets it: attributes replaced, JSON compact or laid out for people. */
@NullMarked
package io.millrace.emitter.payload;

import org.jspecify.annotations.NullMarked;
