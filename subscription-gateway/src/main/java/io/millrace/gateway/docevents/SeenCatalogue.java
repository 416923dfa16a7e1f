package io.millrace.gateway.docevents;

import io.millrace.filter.audience.AccessRules;
import io.millrace.filter.audience.Viewer;
import io.millrace.gateway.catalogue.Catalogue;
import io.millrace.gateway.catalogue.MessageType;
import io.millrace.gateway.catalogue.TopicEntry;
import io.millrace.model.event.TopicPath;
import io.millrace.model.security.Permission;
import io.millrace.model.security.TopicRule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A catalogue as one viewer may see it. */
record SeenCatalogue(Catalogue catalogue, AccessRules rules, Viewer viewer) {

  /** Topics of which the viewer may see or publish events. */
  List<TopicEntry> topics() {
    return catalogue.topics().stream().filter(topic -> rules.tells(viewer, topic.path())).toList();
  }

  boolean receives(TopicPath topic) {
    return rules.shows(viewer, topic);
  }

  boolean publishes(TopicPath topic) {
    return rules.takes(viewer, topic);
  }

  List<MessageType> messagesOn(TopicPath topic) {
    return catalogue.messagesOn(topic);
  }

  /** Who may receive and publish, in words. */
  String security(TopicPath topic) {
    return "Received by "
        + words(topic, TopicRule::receive)
        + ". Published by "
        + words(topic, TopicRule::publish)
        + ".";
  }

  private String words(TopicPath topic, Function<TopicRule, @Nullable Permission> direction) {
    List<Permission> all = new ArrayList<>();
    catalogue.rules().rules().stream()
        .filter(rule -> rule.topic() == null || rule.topic().contains(topic))
        .sorted(Comparator.comparingInt(SeenCatalogue::depth))
        .map(direction)
        .forEach(
            permission -> {
              if (permission != null) {
                if (permission.replaces()) {
                  all.clear();
                }
                all.add(permission);
              }
            });
    return all.isEmpty()
        ? "everybody"
        : all.stream().map(this::words).collect(Collectors.joining(" who are also "));
  }

  // Neither names of users nor conditions are for everybody.
  private String words(Permission permission) {
    List<String> who = new ArrayList<>(permission.roles().stream().sorted().toList());
    boolean everybody = who.remove(Permission.EVERYBODY);
    String words = everybody ? "everybody" : String.join(", ", who);
    if (!everybody && !permission.users().isEmpty()) {
      String users =
          viewer.admin()
              ? permission.users().stream().sorted().collect(Collectors.joining(", "))
              : "certain users";
      words = words.isEmpty() ? users : words + ", " + users;
    }
    if (words.isEmpty()) {
      words = "admins only";
    }
    String condition = permission.condition();
    return condition == null
        ? words
        : words + (viewer.admin() ? " if " + condition : ", some of the events");
  }

  private static int depth(TopicRule rule) {
    return rule.topic() == null ? 0 : rule.topic().levels().size();
  }
}
