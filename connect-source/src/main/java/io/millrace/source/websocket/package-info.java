/** A WebSocket client that reads no further than its reader keeps up with. */
@NullMarked
package io.millrace.source.websocket;

import org.jspecify.annotations.NullMarked;
