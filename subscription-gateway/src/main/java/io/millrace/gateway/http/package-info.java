/** One HTTP server for all of the gateway's APIs: routes, bounded bodies, errors by dialect. */
@NullMarked
package io.millrace.gateway.http;

import org.jspecify.annotations.NullMarked;
