/** Scalars beside GraphQL's own five. */
@NullMarked
package io.millrace.gateway.graphql.scalar;

import org.jspecify.annotations.NullMarked;
