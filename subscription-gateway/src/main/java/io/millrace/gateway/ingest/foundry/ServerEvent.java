package io.millrace.gateway.ingest.foundry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * One event as a client publishes it.
 *
 * @param topic as published, with or without a leading slash
 * @param data any JSON value
 * @param metadata {@code additionalMetadata}
 */
record ServerEvent(String topic, JsonNode data, @Nullable ObjectNode metadata) {}
