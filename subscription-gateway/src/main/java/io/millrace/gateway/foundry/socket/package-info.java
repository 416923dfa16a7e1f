/** Volt MX Foundry's WebSocket: clients that subscribe to server events, raise and get them. */
@NullMarked
package io.millrace.gateway.foundry.socket;

import org.jspecify.annotations.NullMarked;
