/** What every way of publishing shares: which stream takes an event, its origin, and the log. */
@NullMarked
package io.millrace.gateway.ingest;

import org.jspecify.annotations.NullMarked;
