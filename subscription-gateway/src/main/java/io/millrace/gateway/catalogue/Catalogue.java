package io.millrace.gateway.catalogue;

import io.millrace.model.event.TopicPath;
import io.millrace.model.security.SecurityRules;
import io.millrace.model.security.TopicRule;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a catalogue declares, in its order.
 *
 * @param ofAll the rule for all events, whatever their topic; absent for none
 */
public record Catalogue(
    List<StreamEntry> streams,
    List<TopicEntry> topics,
    List<MessageType> messages,
    List<AcronisTopic> acronis,
    TenantTree tenants,
    @Nullable TopicRule ofAll) {

  public static final Catalogue EMPTY =
      new Catalogue(List.of(), List.of(), List.of(), List.of(), new TenantTree(Map.of()), null);

  public Catalogue {
    streams = List.copyOf(streams);
    topics = List.copyOf(topics);
    messages = List.copyOf(messages);
    acronis = List.copyOf(acronis);
  }

  /** Topics by the stream that takes them. */
  public Map<String, List<TopicPath>> claims() {
    Map<String, List<TopicPath>> claims = new LinkedHashMap<>();
    streams.forEach(stream -> claims.put(stream.name(), new ArrayList<>()));
    for (TopicEntry topic : topics) {
      if (topic.stream() != null) {
        claims.computeIfAbsent(topic.stream(), name -> new ArrayList<>()).add(topic.path());
      }
    }
    return claims;
  }

  public Optional<AcronisTopic> acronisTopic(String id) {
    return acronis.stream().filter(topic -> topic.id().equals(id)).findFirst();
  }

  /** The message types that are published on a topic. */
  public List<MessageType> messagesOn(TopicPath topic) {
    return messages.stream().filter(message -> message.topics().contains(topic)).toList();
  }

  /**
   * The names of all fields that the data of such events can have; empty if some may have fields
   * that are not told here.
   *
   * @param on none for every topic
   * @param types none for every type
   */
  public Optional<Set<String>> fieldsOf(List<TopicPath> on, Set<String> types) {
    Set<String> names = new HashSet<>();
    Set<String> untold = new HashSet<>(types);
    boolean any = false;
    for (MessageType message : messages) {
      boolean wanted =
          types.isEmpty()
              ? on.stream().anyMatch(topic -> concerns(message, topic))
              : untold.remove(message.type());
      if (wanted) {
        Set<String> fields = message.fieldNames();
        if (fields.isEmpty()) {
          return Optional.empty();
        }
        any = true;
        names.addAll(fields);
      }
    }
    return any && untold.isEmpty() ? Optional.of(names) : Optional.empty();
  }

  private static boolean concerns(MessageType message, TopicPath topic) {
    return message.topics().stream().anyMatch(on -> topic.contains(on) || on.contains(topic));
  }

  /** Whether client devices may subscribe to a topic: it is marked, or one above it is. */
  public boolean clientOnly(TopicPath topic) {
    return topics.stream().anyMatch(each -> each.clientOnly() && each.path().contains(topic));
  }

  /** Who may receive and publish what. */
  public SecurityRules rules() {
    List<TopicRule> rules = new ArrayList<>();
    if (ofAll != null) {
      rules.add(ofAll);
    }
    for (TopicEntry topic : topics) {
      if (topic.receive() != null || topic.publish() != null) {
        rules.add(new TopicRule(topic.path(), topic.receive(), topic.publish()));
      }
    }
    return new SecurityRules(rules);
  }
}
