/** GraphQL over WebSockets, by both protocols that clients speak. */
@NullMarked
package io.millrace.gateway.graphql.socket;

import org.jspecify.annotations.NullMarked;
