/** What is kept for Foundry's clients until they acknowledge it: places in the log, in Kafka. */
@NullMarked
package io.millrace.gateway.foundry.kept;

import org.jspecify.annotations.NullMarked;
