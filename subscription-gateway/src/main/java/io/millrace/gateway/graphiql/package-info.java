/** GraphiQL, the page that GraphQL is tried on. */
@NullMarked
package io.millrace.gateway.graphiql;

import org.jspecify.annotations.NullMarked;
