package io.millrace.model.security;

import io.millrace.model.event.TopicPath;
import org.jspecify.annotations.Nullable;

/**
 * Who may do what with the events of a topic and of all below it.
 *
 * @param topic absent for all events, also those without a topic
 * @param receive absent where this rule says nothing about it
 * @param publish absent where this rule says nothing about it
 */
public record TopicRule(
    @Nullable TopicPath topic, @Nullable Permission receive, @Nullable Permission publish) {}
