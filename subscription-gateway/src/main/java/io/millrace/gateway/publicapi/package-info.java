/**
 * The public API under {@code /publicapi}, as Trisotech DES has it: which request goes where, who
 * asks, and the envelopes of its answers.
 */
@NullMarked
package io.millrace.gateway.publicapi;

import org.jspecify.annotations.NullMarked;
