/**
 * Durable subscriptions: who gets which events of a stream, and how far each has come. Begin with
 * {@link io.millrace.gateway.subscription.Subscriptions}.
 */
@NullMarked
package io.millrace.gateway.subscription;

import org.jspecify.annotations.NullMarked;
