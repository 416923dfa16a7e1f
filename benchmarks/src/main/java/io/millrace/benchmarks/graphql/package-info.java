/** Load on MMM's Events API: many GraphQL clients over real WebSockets. */
@NullMarked
package io.millrace.benchmarks.graphql;

import org.jspecify.annotations.NullMarked;
