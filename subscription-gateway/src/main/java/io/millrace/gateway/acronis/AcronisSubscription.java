package io.millrace.gateway.acronis;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.acronis.IsoDuration;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.emitter.Selector;
import io.millrace.model.emitter.TenantDepth;
import io.millrace.model.emitter.TenantScope;
import io.millrace.model.emitter.TextPattern;
import io.millrace.model.subscription.SubscriptionDefinition;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as Acronis's API has it.
 *
 * @param autoCommitInterval as it was given, in ISO 8601; see {@link #commitEvery}
 * @param sessionTimeout as it was given, in ISO 8601; see {@link #sessionLasts}
 */
public record AcronisSubscription(
    String id,
    String topicId,
    List<String> types,
    String tenantId,
    TenantDepth tenantDepth,
    List<String> subjectTypes,
    boolean autoCommit,
    String autoCommitInterval,
    String sessionTimeout,
    @Nullable String cel) {

  /** Dialect of these subscriptions' definitions. */
  public static final String DIALECT = "acronis";

  private static final String TOPIC = "topic_id";
  private static final String TYPES = "types";
  private static final String SUBJECT_TYPES = "subject_types";
  private static final String AUTO_COMMIT = "auto_commit";
  private static final String INTERVAL = "auto_commit_interval";
  private static final String SESSION = "session_timeout";

  public AcronisSubscription {
    types = List.copyOf(types);
    subjectTypes = List.copyOf(subjectTypes);
  }

  /**
   * What a definition of this dialect says.
   *
   * @throws IllegalArgumentException if it is of another, or broken
   */
  public static AcronisSubscription of(String id, SubscriptionDefinition definition) {
    Map<String, String> settings = definition.settings();
    Selector selector = definition.filter().selector();
    TenantScope tenants = selector.tenants();
    if (!definition.dialect().equals(DIALECT) || tenants == null) {
      throw new IllegalArgumentException("not a subscription of " + DIALECT + ": " + id);
    }
    return new AcronisSubscription(
        id,
        setting(settings, TOPIC),
        list(setting(settings, TYPES)),
        tenants.tenant(),
        tenants.depth(),
        list(settings.getOrDefault(SUBJECT_TYPES, "")),
        Boolean.parseBoolean(setting(settings, AUTO_COMMIT)),
        setting(settings, INTERVAL),
        setting(settings, SESSION),
        selector.cel());
  }

  /** How it is kept. */
  public SubscriptionDefinition definition(String stream, String owner) {
    Map<String, String> settings = new HashMap<>();
    settings.put(TOPIC, topicId);
    settings.put(TYPES, String.join(" ", types));
    settings.put(SUBJECT_TYPES, String.join(" ", subjectTypes));
    settings.put(AUTO_COMMIT, Boolean.toString(autoCommit));
    settings.put(INTERVAL, autoCommitInterval);
    settings.put(SESSION, sessionTimeout);
    return new SubscriptionDefinition(stream, filter(), owner, DIALECT, settings);
  }

  /** Who wants an event. */
  public EventFilter filter() {
    return EventFilter.of(
        new Selector(
            patterns(types), patterns(subjectTypes), new TenantScope(tenantId, tenantDepth), cel));
  }

  public Duration commitEvery() {
    return IsoDuration.parse(autoCommitInterval);
  }

  public Duration sessionLasts() {
    return IsoDuration.parse(sessionTimeout);
  }

  ObjectNode node() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("subscription_id", id).put(TOPIC, topicId);
    types.forEach(node.putArray(TYPES)::add);
    node.put("tenant_id", tenantId).put("tenant_depth", tenantDepth.name());
    subjectTypes.forEach(node.putArray(SUBJECT_TYPES)::add);
    node.put(AUTO_COMMIT, autoCommit).put(INTERVAL, autoCommitInterval);
    node.put(SESSION, sessionTimeout);
    return cel == null ? node : node.put("cel", cel);
  }

  private static String setting(Map<String, String> settings, String name) {
    String value = settings.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the subscription has no " + name);
    }
    return value;
  }

  private static List<String> list(String joined) {
    return joined.isEmpty() ? List.of() : List.of(joined.split(" ", -1));
  }

  private static Set<TextPattern> patterns(List<String> texts) {
    return texts.stream().map(TextPattern::new).collect(Collectors.toSet());
  }
}
