/** The event bus without Kafka, for unit tests of applications. */
@NullMarked
package io.millrace.server.events.memory;

import org.jspecify.annotations.NullMarked;
