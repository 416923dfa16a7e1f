/** The Kafka emitter: each event as a record in a topic of any Kafka cluster. */
@NullMarked
package io.millrace.emitter.kafka;

import org.jspecify.annotations.NullMarked;
