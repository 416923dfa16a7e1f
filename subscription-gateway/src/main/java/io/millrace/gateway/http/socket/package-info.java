/** WebSockets on the gateway's one server, whatever is said over them. */
@NullMarked
package io.millrace.gateway.http.socket;

import org.jspecify.annotations.NullMarked;
