/**
 * Where events and control records are kept: names and settings of Kafka topics, and how to follow
 * them.
 */
@NullMarked
package io.millrace.model.kafka;

import org.jspecify.annotations.NullMarked;
