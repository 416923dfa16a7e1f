/** Where events and control records are kept: names and settings of Kafka topics. */
@NullMarked
package io.millrace.model.kafka;

import org.jspecify.annotations.NullMarked;
