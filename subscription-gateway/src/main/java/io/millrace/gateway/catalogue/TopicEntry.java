package io.millrace.gateway.catalogue;

import io.millrace.model.event.TopicPath;
import org.jspecify.annotations.Nullable;

/**
 * A hierarchical topic.
 *
 * @param stream that takes its events and those below it; absent where others decide
 */
public record TopicEntry(TopicPath path, @Nullable String description, @Nullable String stream) {}
