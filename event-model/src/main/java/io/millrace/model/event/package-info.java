/** What an event is: CloudEvent and Kafka record, its topic path, its extension attributes. */
@NullMarked
package io.millrace.model.event;

import org.jspecify.annotations.NullMarked;
