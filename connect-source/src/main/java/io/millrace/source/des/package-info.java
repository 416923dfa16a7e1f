/** Trisotech DES's asynchronous events by its WebSocket: its messages, and the connector. */
@NullMarked
package io.millrace.source.des;

import org.jspecify.annotations.NullMarked;
