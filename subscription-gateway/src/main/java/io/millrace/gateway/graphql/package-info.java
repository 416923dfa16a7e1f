/** GraphQL over HTTP and WebSocket, whatever the schema. */
@NullMarked
package io.millrace.gateway.graphql;

import org.jspecify.annotations.NullMarked;
