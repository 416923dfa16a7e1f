/** The event bus on Kafka: events stand in a stream as CloudEvents, positions in a group. */
@NullMarked
package io.millrace.server.events.kafka;

import org.jspecify.annotations.NullMarked;
