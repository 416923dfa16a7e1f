/** Publishing as Volt MX Foundry's server events do: the dialect's requests, answers and codes. */
@NullMarked
package io.millrace.gateway.ingest.foundry;

import org.jspecify.annotations.NullMarked;
