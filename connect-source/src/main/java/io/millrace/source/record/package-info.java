/**
 * What a CloudEvent is as a record that a source connector hands to Kafka Connect, and which stream
 * it goes to.
 */
@NullMarked
package io.millrace.source.record;

import org.jspecify.annotations.NullMarked;
