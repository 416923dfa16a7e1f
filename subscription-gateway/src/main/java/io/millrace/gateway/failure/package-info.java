/** What all parts do with failures. */
@NullMarked
package io.millrace.gateway.failure;

import org.jspecify.annotations.NullMarked;
