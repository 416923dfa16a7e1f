package io.millrace.gateway.ingest.cloudevents;

import io.cloudevents.CloudEventData;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event as it came, in any mode.
 *
 * @param at what problems call it: {@code event} or {@code events[2]}
 * @param attributes by name in lower case, as text; {@code datacontenttype} among them
 * @param data none for an event without data
 */
record Incoming(String at, Map<String, String> attributes, @Nullable CloudEventData data) {}
