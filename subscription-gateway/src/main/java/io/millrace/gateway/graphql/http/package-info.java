/** GraphQL over HTTP, whatever the schema. Source: the specification of that name. */
@NullMarked
package io.millrace.gateway.graphql.http;

import org.jspecify.annotations.NullMarked;
