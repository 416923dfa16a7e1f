package io.millrace.filter.audience;

import io.cloudevents.CloudEvent;
import io.millrace.filter.event.EventView;
import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.filter.topic.TopicTree;
import io.millrace.model.event.TopicPath;
import io.millrace.model.security.Permission;
import io.millrace.model.security.SecurityRules;
import io.millrace.model.security.TopicRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one direction, found by an event's topic in one look-up for each of its levels.
 * Immutable once made, and safe for use by several threads.
 */
final class RuleTree {

  static final Admission EVERYBODY = viewer -> true;
  static final Admission ADMINS = Viewer::admin;

  private final TopicTree<CompiledPermission> tree = new TopicTree<>();
  private final Map<TopicPath, CompiledPermission> byTopic = new HashMap<>();
  private @Nullable CompiledPermission ofAll;

  private RuleTree() {}

  static RuleTree of(SecurityRules rules, Function<TopicRule, @Nullable Permission> direction)
      throws InvalidExpressionException {
    RuleTree tree = new RuleTree();
    for (TopicRule rule : rules.rules()) {
      Permission permission = direction.apply(rule);
      if (permission != null) {
        tree.add(rule.topic(), CompiledPermission.of(permission));
      }
    }
    return tree;
  }

  private void add(@Nullable TopicPath topic, CompiledPermission permission) {
    tree.change(topic, before -> permission);
    if (topic == null) {
      ofAll = permission;
    } else {
      byTopic.put(topic, permission);
    }
  }

  /** Whether there is no rule: then everybody is admitted to everything. */
  boolean isEmpty() {
    return tree.isEmpty();
  }

  Admission of(CloudEvent event) {
    if (tree.isEmpty()) {
      return EVERYBODY;
    }
    EventView view = new EventView(event);
    if (view.topicText() == null ? ofAll == null : view.topic() == null) {
      return ADMINS;
    }
    List<CompiledPermission> rules = at(view.topicText());
    return rules.isEmpty() ? EVERYBODY : new RuledAdmission(rules, view);
  }

  /** The rules that count for events of just that topic, the highest first. */
  List<CompiledPermission> at(@Nullable String topic) {
    List<CompiledPermission> found = new ArrayList<>(2);
    tree.find(
        topic,
        permission -> {
          if (permission.replaces()) {
            found.clear();
          }
          found.add(permission);
        });
    return found;
  }

  /** Whether events of that topic, or of one below it, can be for the viewer. */
  boolean opens(Viewer viewer, TopicPath topic) {
    return viewer.admin()
        || opensAt(viewer, topic)
        || byTopic.keySet().stream()
            .anyMatch(below -> topic.contains(below) && opensAt(viewer, below));
  }

  /** Whether some events of just that topic can be for the viewer. */
  boolean opensAt(Viewer viewer, TopicPath topic) {
    return viewer.admin() || at(topic.toString()).stream().allMatch(rule -> rule.admitsTo(viewer));
  }

  /**
   * Whether an event under one of the topics may not be for the viewer.
   *
   * @param topics none for all events
   */
  boolean canKeepFrom(Viewer viewer, List<TopicPath> topics) {
    if (viewer.admin() || tree.isEmpty()) {
      return false;
    }
    if (topics.isEmpty() && ofAll == null) {
      return true; // An event without a topic.
    }
    CompiledPermission all = ofAll;
    return (all != null && keeps(all, viewer))
        || byTopic.entrySet().stream()
            .anyMatch(rule -> concerns(rule.getKey(), topics) && keeps(rule.getValue(), viewer));
  }

  private static boolean keeps(CompiledPermission rule, Viewer viewer) {
    return !rule.unconditional() || !rule.admitsTo(viewer);
  }

  private static boolean concerns(TopicPath rule, List<TopicPath> topics) {
    return topics.isEmpty()
        || topics.stream().anyMatch(topic -> topic.contains(rule) || rule.contains(topic));
  }
}
