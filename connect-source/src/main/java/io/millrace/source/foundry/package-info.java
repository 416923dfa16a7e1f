/**
 * Volt MX Foundry's server events by its WebSocket: its messages, their meaning as CloudEvents, and
 * the connector.
 */
@NullMarked
package io.millrace.source.foundry;

import org.jspecify.annotations.NullMarked;
