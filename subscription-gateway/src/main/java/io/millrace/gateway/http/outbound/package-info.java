/** What the gateway asks of other servers. */
@NullMarked
package io.millrace.gateway.http.outbound;

import org.jspecify.annotations.NullMarked;
