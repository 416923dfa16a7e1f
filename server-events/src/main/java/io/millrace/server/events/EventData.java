package io.millrace.server.events;

import io.millrace.model.foundry.ServerEvents;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event: raised, or as a subscriber gets it. Each subscriber has one of its own. For one thread.
 */
public final class EventData {

  private final String id;
  private final String topic;
  private final @Nullable Object data;
  private final Map<String, @Nullable Object> additionalMetadata = new LinkedHashMap<>();
  private final Instant timestamp;
  private final @Nullable String appId;
  private final @Nullable Map<String, Object> userProfile;
  private final @Nullable String producer;
  private String type = ServerEvents.DEFAULT_TYPE;
  private @Nullable String key;

  /**
   * A new event without an identity.
   *
   * @param topic levels joined by {@code /}, with or without a leading slash
   * @param data anything that Jackson writes as JSON
   */
  public EventData(String topic, @Nullable Object data) {
    this(topic, data, null, null);
  }

  /** A new event with the application and the user that a request is for. */
  public EventData(String topic, @Nullable Object data, ServicesManager servicesManager) {
    this(topic, data, servicesManager.getAppId(), servicesManager.getUserProfile());
  }

  private EventData(
      String topic,
      @Nullable Object data,
      @Nullable String appId,
      @Nullable Map<String, Object> userProfile) {
    // Milliseconds, which every reader of a CloudEvent can tell.
    this(
        UUID.randomUUID().toString(),
        topic,
        data,
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        null,
        appId,
        userProfile);
  }

  EventData(
      String id,
      String topic,
      @Nullable Object data,
      Instant timestamp,
      @Nullable String producer,
      @Nullable String appId,
      @Nullable Map<String, Object> userProfile) {
    this.id = id;
    this.topic = Objects.requireNonNull(topic, "topic must not be null");
    this.data = data;
    this.timestamp = timestamp;
    this.producer = producer;
    this.appId = appId;
    this.userProfile = userProfile == null ? null : Collections.unmodifiableMap(userProfile);
  }

  /** Unlike that of all other events; the same when the event comes a second time. */
  public String getId() {
    return id;
  }

  /** As it was published, with a leading slash if it had one. */
  public String getTopic() {
    return topic;
  }

  /** What kind of event it is, such as {@code transaction}; {@code ServerEvent} if nobody said. */
  public String getType() {
    return type;
  }

  public void setType(String type) {
    if (type.isBlank()) {
      throw new IllegalArgumentException("type must not be empty");
    }
    this.type = type;
  }

  /**
   * What was given when it was raised. A subscriber gets JSON in Java's terms: a text as {@link
   * String}, an object as {@link Map}, an array as {@link java.util.List}, a number as {@link
   * Integer}, {@link Long}, {@link java.math.BigInteger} or {@link java.math.BigDecimal}.
   */
  public @Nullable Object getData() {
    return data;
  }

  /** A view, in the order in which it was added. */
  public Map<String, @Nullable Object> getAdditionalMetadata() {
    return Collections.unmodifiableMap(additionalMetadata);
  }

  /** Adds to the metadata, or replaces what has this name. */
  public void addAdditionalMetadata(String name, @Nullable Object value) {
    additionalMetadata.put(name, value);
  }

  /** The CloudEvents source of an event that was received; null before it is raised. */
  public @Nullable String getProducer() {
    return producer;
  }

  /** When the event was made. */
  public Instant getTimestamp() {
    return timestamp;
  }

  public @Nullable String getAppId() {
    return appId;
  }

  public @Nullable Map<String, Object> getUserProfile() {
    return userProfile;
  }

  /**
   * Events with the same key are handled in the order in which they were raised; null has no order.
   * This is Millrace's addition.
   */
  public @Nullable String getKey() {
    return key;
  }

  public void setKey(@Nullable String key) {
    this.key = key;
  }

  /** Names the event, not what is in it. */
  @Override
  public String toString() {
    return "event " + id + " of topic " + topic;
  }
}
