package io.millrace.source.acronis;

import static org.apache.kafka.common.config.ConfigDef.Type.BOOLEAN;
import static org.apache.kafka.common.config.ConfigDef.Type.LIST;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.acronis.IsoDuration;
import io.millrace.source.config.Choice;
import io.millrace.source.config.KeyGroup;
import io.millrace.source.config.Problems;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * The subscription, and what it is to be if it has to be created. Source: Acronis Event Manager.
 */
final class SubscriptionConfig extends AbstractConfig {

  static final String ID = "subscription.id";
  static final String CREATE = "subscription.create";
  static final String TOPIC = "subscription.topic.id";
  static final String TYPES = "subscription.types";
  static final String TENANT = "subscription.tenant.id";
  static final String DEPTH = "subscription.tenant.depth";
  static final String SUBJECTS = "subscription.subject.types";
  static final String AUTO_COMMIT = "subscription.auto.commit";
  static final String AUTO_COMMIT_INTERVAL = "subscription.auto.commit.interval";
  static final String SESSION = "subscription.session.timeout";
  static final String CEL = "subscription.cel";

  private static final int MAX_PATTERNS = 32;
  private static final int MAX_CEL = 4_096;
  private static final List<String> OF_CREATION =
      List.of(TYPES, TENANT, DEPTH, SUBJECTS, AUTO_COMMIT, AUTO_COMMIT_INTERVAL, SESSION, CEL);

  static final ConfigDef DEF =
      new KeyGroup("Subscription")
          .required(
              ID,
              STRING,
              LambdaValidator.with(AcronisConfig::uuid, () -> ""),
              "UUID of the subscription.")
          .optional(
              CREATE,
              BOOLEAN,
              false,
              null,
              "Whether the subscription is created if there is none; one that exists stays as it is.")
          .optional(
              TOPIC,
              STRING,
              null,
              null,
              "CTI of the subscription's topic; needed to create it, and for a start.position in the"
                  + " topic.")
          .optional(
              TYPES,
              LIST,
              "",
              LambdaValidator.with(SubscriptionConfig::patterns, () -> ""),
              "CTIs of event types, 1 to 32, or their beginnings with * as last character; needed to"
                  + " create it.")
          .optional(TENANT, STRING, null, null, "Its tenant; by default that of the credentials.")
          .optional(
              DEPTH,
              STRING,
              null,
              new Choice(List.of("current", "direct", "all")),
              "Which tenants: current, that one; direct, those right below it too; all, all below it"
                  + " too. Needed to create it.")
          .optional(
              SUBJECTS,
              LIST,
              "",
              LambdaValidator.with(SubscriptionConfig::patterns, () -> ""),
              "CTIs of subjects, up to 32, as for types; all by default.")
          .optional(
              AUTO_COMMIT,
              BOOLEAN,
              false,
              null,
              "Whether the Event Manager stores the offset by itself.")
          .optional(
              AUTO_COMMIT_INTERVAL,
              STRING,
              null,
              LambdaValidator.with(SubscriptionConfig::duration, () -> ""),
              "How often, as PT5M; that is what the Event Manager takes by default.")
          .optional(
              SESSION,
              STRING,
              null,
              LambdaValidator.with(SubscriptionConfig::duration, () -> ""),
              "How long a consumer that is gone keeps others out, as PT30S; that is what the Event"
                  + " Manager takes by default.")
          .optional(
              CEL,
              STRING,
              null,
              ConfigDef.LambdaValidator.with(SubscriptionConfig::cel, () -> ""),
              "Filter in the Common Expression Language over the variable event, up to 4096"
                  + " characters.")
          .def();

  private final Map<String, String> props;

  SubscriptionConfig(Map<String, String> props) {
    super(DEF, props, false);
    this.props = Map.copyOf(props);
  }

  boolean create() {
    return getBoolean(CREATE);
  }

  @Nullable String topic() {
    return getString(TOPIC);
  }

  /** The body that creates it. */
  ObjectNode json(String id) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("subscription_id", id).put("topic_id", topic());
    add(body.putArray("types"), getList(TYPES));
    body.put("tenant_depth", String.valueOf(getString(DEPTH)).toUpperCase(Locale.ROOT));
    put(body, "tenant_id", getString(TENANT));
    if (!getList(SUBJECTS).isEmpty()) {
      add(body.putArray("subject_types"), getList(SUBJECTS));
    }
    body.put("auto_commit", getBoolean(AUTO_COMMIT));
    put(body, "auto_commit_interval", getString(AUTO_COMMIT_INTERVAL));
    put(body, "session_timeout", getString(SESSION));
    put(body, "cel", getString(CEL));
    return body;
  }

  void check(AcronisConfig reading, Problems problems) {
    if (create()) {
      for (String key : List.of(TOPIC, TYPES, DEPTH)) {
        if (props.getOrDefault(key, "").isBlank()) {
          problems.add(key, "is required since " + CREATE + " is true");
        }
      }
    } else {
      OF_CREATION.stream()
          .filter(props::containsKey)
          .forEach(key -> problems.add(key, "is of use only if " + CREATE + " is true"));
    }
    if (reading.start() != StartPosition.STORED && !create() && topic() == null) {
      problems.add(TOPIC, "is required since %s is not stored".formatted(AcronisConfig.START));
    }
    if (getBoolean(AUTO_COMMIT) && reading.commitInterval() != null) {
      problems.add(
          AcronisConfig.COMMIT,
          "is of no use with %s: the Event Manager stores the offset itself"
              .formatted(AUTO_COMMIT));
    }
  }

  private static void add(ArrayNode array, List<String> texts) {
    texts.forEach(array::add);
  }

  private static void put(ObjectNode body, String name, @Nullable String text) {
    if (text != null) {
      body.put(name, text);
    }
  }

  private static void patterns(String key, @Nullable Object value) {
    if (value instanceof List<?> list && list.size() > MAX_PATTERNS) {
      throw new ConfigException(key, value, "must be at most " + MAX_PATTERNS);
    }
  }

  private static void duration(String key, @Nullable Object value) {
    try {
      if (value != null) {
        Duration unused = IsoDuration.parse(value.toString());
      }
    } catch (IllegalArgumentException e) {
      throw new ConfigException(key, value, "is " + e.getMessage());
    }
  }

  private static void cel(String key, @Nullable Object value) {
    if (value != null && (value.toString().isBlank() || value.toString().length() > MAX_CEL)) {
      throw new ConfigException(key + " must have 1 to " + MAX_CEL + " characters");
    }
  }
}
