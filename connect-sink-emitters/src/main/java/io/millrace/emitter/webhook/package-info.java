/** The Webhook emitter: each event as an HTTP POST. */
@NullMarked
package io.millrace.emitter.webhook;

import org.jspecify.annotations.NullMarked;
