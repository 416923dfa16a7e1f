/** Kafka Connect around the lanes: configuration, records read as events, offsets, definitions. */
@NullMarked
package io.millrace.emitter.task;

import org.jspecify.annotations.NullMarked;
