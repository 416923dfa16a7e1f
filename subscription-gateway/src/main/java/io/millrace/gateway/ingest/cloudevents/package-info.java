/** Publishing as the CloudEvents HTTP binding and webhook specifications say. */
@NullMarked
package io.millrace.gateway.ingest.cloudevents;

import org.jspecify.annotations.NullMarked;
