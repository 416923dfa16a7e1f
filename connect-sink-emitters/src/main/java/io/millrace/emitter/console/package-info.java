/** The Console emitter: each event as JSON on standard output, standard error, or in the log. */
@NullMarked
package io.millrace.emitter.console;

import org.jspecify.annotations.NullMarked;
