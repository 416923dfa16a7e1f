/** What posting events costs: the webhook emitter beside bare HTTP clients. */
@NullMarked
package io.millrace.benchmarks.webhook;

import org.jspecify.annotations.NullMarked;
