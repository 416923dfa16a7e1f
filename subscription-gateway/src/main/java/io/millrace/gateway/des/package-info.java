/** Trisotech DES: its WebSocket of asynchronous events, and publishing through its public API. */
@NullMarked
package io.millrace.gateway.des;

import org.jspecify.annotations.NullMarked;
