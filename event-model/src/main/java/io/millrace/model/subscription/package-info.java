/** Durable subscriptions as they stand in their compacted topic. */
@NullMarked
package io.millrace.model.subscription;

import org.jspecify.annotations.NullMarked;
