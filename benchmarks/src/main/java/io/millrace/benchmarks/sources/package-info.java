/** Load: events that source connectors bring into Kafka from fast local servers, by vendor. */
@NullMarked
package io.millrace.benchmarks.sources;

import org.jspecify.annotations.NullMarked;
