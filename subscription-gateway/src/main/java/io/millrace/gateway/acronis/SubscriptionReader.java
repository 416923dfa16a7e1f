package io.millrace.gateway.acronis;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.filter.EventMatcher;
import io.millrace.filter.InvalidFilterException;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.catalogue.Cti;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.publicapi.BodyFields;
import io.millrace.model.acronis.AcronisEvent;
import io.millrace.model.acronis.IsoDuration;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.emitter.Selector;
import io.millrace.model.emitter.TenantDepth;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Reads a wanted subscription, and tells everything that is wrong with it. */
final class SubscriptionReader {

  private static final Set<String> PROPERTIES =
      Set.of(
          "subscription_id",
          "topic_id",
          "types",
          "tenant_id",
          "tenant_depth",
          "subject_types",
          "auto_commit",
          "auto_commit_interval",
          "session_timeout",
          "cel");

  private static final int MAX_TENANT = 100;
  private static final Duration LEAST = Duration.ofSeconds(1);
  private static final Duration LONGEST_SESSION = Duration.ofHours(1);
  private static final Duration LONGEST_INTERVAL = Duration.ofDays(1);

  private final BodyFields body;
  private final Predicate<String> isTopic;

  private SubscriptionReader(JsonNode body, Predicate<String> isTopic) {
    this.body = new BodyFields(body, PROPERTIES);
    this.isTopic = isTopic;
  }

  /**
   * Reads it.
   *
   * @param isTopic whether an id is of a topic that the caller knows of
   * @throws HttpProblem if anything is wrong
   */
  static AcronisSubscription read(JsonNode body, Principal principal, Predicate<String> isTopic) {
    return new SubscriptionReader(body, isTopic).read(principal);
  }

  private AcronisSubscription read(Principal principal) {
    String id = required("subscription_id");
    if (id != null && !AcronisEvent.isUuid(id)) {
      body.problem("subscription_id", "must be a UUID");
    }
    String topic = required("topic_id");
    if (topic != null && !isTopic.test(topic)) {
      body.problem("topic_id", "is no topic: " + topic);
    }
    List<String> types = patterns("types", 1);
    List<String> subjectTypes = patterns("subject_types", 0);
    String tenant = tenant(principal);
    TenantDepth depth = depth();
    boolean autoCommit = flag("auto_commit");
    String interval = duration("auto_commit_interval", "PT5M", LONGEST_INTERVAL);
    String session = duration("session_timeout", "PT30S", LONGEST_SESSION);
    String cel = cel();
    body.finish();
    return new AcronisSubscription(
        // Ids are compared as texts, and a UUID in capitals is the same UUID.
        Objects.requireNonNull(id).toLowerCase(Locale.ROOT),
        Objects.requireNonNull(topic),
        types,
        Objects.requireNonNull(tenant),
        depth,
        subjectTypes,
        autoCommit,
        interval,
        session,
        cel);
  }

  private @Nullable String required(String name) {
    if (body.node(name).isMissingNode()) {
      body.problem(name, "is missing");
      return null;
    }
    return body.text(name);
  }

  private List<String> patterns(String name, int least) {
    JsonNode list = body.node(name);
    if (list.isMissingNode() && least > 0) {
      body.problem(name, "is missing");
    }
    if (list.isMissingNode()) {
      return List.of();
    }
    if (!list.isArray() || list.size() < least || list.size() > Selector.MAX_PATTERNS) {
      body.problem(name, "must be a list of " + least + " to " + Selector.MAX_PATTERNS + " CTIs");
      return List.of();
    }
    List<String> patterns = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      String text = list.get(i).isTextual() ? list.get(i).textValue() : "";
      if (Cti.isPattern(text)) {
        patterns.add(text);
      } else {
        body.problem(
            name + "[" + i + "]",
            "must be a CTI, or the beginning of one with * as last character");
      }
    }
    return patterns;
  }

  private @Nullable String tenant(Principal principal) {
    if (body.node("tenant_id").isMissingNode()) {
      if (principal.tenant() == null) {
        body.problem("tenant_id", "is missing, and your credentials name no tenant");
      }
      return principal.tenant();
    }
    String tenant = body.text("tenant_id");
    if (tenant != null
        && (tenant.length() > MAX_TENANT || tenant.chars().anyMatch(c -> c <= ' '))) {
      body.problem(
          "tenant_id", "must be a text of at most " + MAX_TENANT + " characters, without blanks");
    }
    return tenant;
  }

  private TenantDepth depth() {
    String text = required("tenant_depth");
    for (TenantDepth depth : TenantDepth.values()) {
      if (depth.name().equals(text)) {
        return depth;
      }
    }
    if (text != null) {
      body.problem("tenant_depth", "must be CURRENT, DIRECT or ALL");
    }
    return TenantDepth.CURRENT;
  }

  private boolean flag(String name) {
    JsonNode value = body.node(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      body.problem(name, "must be true or false");
    }
    return value.booleanValue();
  }

  private String duration(String name, String fallback, Duration longest) {
    String text = body.text(name);
    if (text == null) {
      return fallback;
    }
    try {
      Duration duration = IsoDuration.parse(text);
      if (duration.compareTo(LEAST) < 0 || duration.compareTo(longest) > 0) {
        body.problem(name, "must be between " + LEAST + " and " + longest);
      }
    } catch (IllegalArgumentException e) {
      body.problem(name, "is " + e.getMessage());
    }
    return text;
  }

  private @Nullable String cel() {
    String cel = body.text("cel");
    if (cel != null) {
      try {
        EventMatcher unused =
            EventMatcher.compile(EventFilter.of(new Selector(Set.of(), Set.of(), null, cel)));
      } catch (InvalidFilterException e) {
        body.problems(e.problems());
      }
    }
    return cel;
  }
}
