/** What an emitter is: its definition, parsed and checked once, and how to follow all of them. */
@NullMarked
package io.millrace.model.emitter;

import org.jspecify.annotations.NullMarked;
