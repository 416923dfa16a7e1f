/** Load on durable subscriptions: delivery, acknowledgement, catching up, and what they weigh. */
@NullMarked
package io.millrace.benchmarks.subscription;

import org.jspecify.annotations.NullMarked;
