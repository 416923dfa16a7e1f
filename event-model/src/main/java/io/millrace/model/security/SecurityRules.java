package io.millrace.model.security;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * All rules; at most one a topic. What no rule is about is for everybody, except that events
 * without a topic are for admins only, as soon as any topic has a rule and there is none for all
 * events. Admins may do everything.
 */
public record SecurityRules(List<TopicRule> rules) {

  /** Everybody may do everything. */
  public static final SecurityRules NONE = new SecurityRules(List.of());

  public SecurityRules {
    rules = List.copyOf(rules);
    Set<Object> topics = new HashSet<>();
    for (TopicRule rule : rules) {
      if (!topics.add(Objects.requireNonNullElse(rule.topic(), ""))) {
        throw new IllegalArgumentException("there are two rules for " + rule.topic());
      }
    }
  }
}
