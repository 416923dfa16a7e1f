/** What an emitter is: its definition, parsed and checked once. */
@NullMarked
package io.millrace.model.emitter;

import org.jspecify.annotations.NullMarked;
