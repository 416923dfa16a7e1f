package io.millrace.model.subscription;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.TopicPath;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The records of subscriptions as JSON. What is not understood is refused: a property that a newer
 * release wrote may be the one that narrows who sees an event. Safe for use by several threads.
 */
public final class SubscriptionJson {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private SubscriptionJson() {}

  /**
   * Reads a definition.
   *
   * @throws IOException if it is none, or one of a newer release
   */
  public static SubscriptionRecord record(byte[] json) throws IOException {
    Stored stored = stored(json);
    try {
      List<TopicPath> topics = stored.topics.stream().map(TopicPath::new).toList();
      EventFilter filter = new EventFilter(topics, stored.messages, stored.filter);
      return new SubscriptionRecord(
          new SubscriptionDefinition(
              stored.stream,
              filter,
              requireNonNull(stored.owner, "owner"),
              Objects.requireNonNullElse(stored.dialect, ""),
              Objects.requireNonNullElse(stored.settings, Map.of())),
          requireNonNull(stored.generation, "generation"),
          stored.start);
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new IOException("not a subscription: " + e.getMessage(), e);
    }
  }

  /**
   * Reads a claim.
   *
   * @throws IOException if it is none
   */
  public static SubscriptionClaim claim(byte[] json) throws IOException {
    return JSON.readValue(json, SubscriptionClaim.class);
  }

  /**
   * Reads a node's progress.
   *
   * @throws IOException if it is none
   */
  public static SubscriptionProgress progress(byte[] json) throws IOException {
    return JSON.readValue(json, SubscriptionProgress.class);
  }

  /**
   * Reads a lease.
   *
   * @throws IOException if it is none
   */
  public static SubscriptionLease lease(byte[] json) throws IOException {
    return JSON.readValue(json, SubscriptionLease.class);
  }

  public static byte[] write(SubscriptionRecord record) {
    SubscriptionDefinition definition = record.definition();
    EventFilter filter = definition.filter();
    return bytes(
        new Stored(
            definition.stream(),
            filter.topics().stream().map(TopicPath::levels).toList(),
            new TreeSet<>(filter.messages()),
            filter.expression(),
            definition.owner(),
            record.generation(),
            record.start(),
            definition.dialect().isEmpty() ? null : definition.dialect(),
            definition.settings().isEmpty() ? null : new TreeMap<>(definition.settings())));
  }

  public static byte[] write(SubscriptionClaim claim) {
    return bytes(claim);
  }

  public static byte[] write(SubscriptionLease lease) {
    return bytes(lease);
  }

  public static byte[] write(SubscriptionProgress progress) {
    return bytes(progress);
  }

  /** The value of a sign of life. */
  public static byte[] alive() {
    return new byte[] {'{', '}'};
  }

  private static byte[] bytes(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record could not be written as JSON", e);
    }
  }

  private static Stored stored(byte[] json) throws IOException {
    if (!(JSON.readTree(json) instanceof ObjectNode fields)) {
      throw new IOException("not a JSON object");
    }
    // Earlier releases did not write these.
    for (String later : List.of("dialect", "settings")) {
      if (!fields.has(later)) {
        fields.putNull(later);
      }
    }
    return JSON.treeToValue(fields, Stored.class);
  }

  // The later ones are left out when they are null: earlier releases read what they can serve.
  private record Stored(
      String stream,
      List<List<String>> topics,
      Set<String> messages,
      @Nullable String filter,
      String owner,
      String generation,
      long start,
      @JsonInclude(NON_NULL) @Nullable String dialect,
      @JsonInclude(NON_NULL) @Nullable Map<String, String> settings) {}
}
