/** MMM's Events API: durable GraphQL subscriptions, their acknowledgements and their status. */
@NullMarked
package io.millrace.gateway.mmm;

import org.jspecify.annotations.NullMarked;
