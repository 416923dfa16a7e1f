/** TLS of the gateway's one server: its key, and how it is changed while the server runs. */
@NullMarked
package io.millrace.gateway.http.tls;

import org.jspecify.annotations.NullMarked;
