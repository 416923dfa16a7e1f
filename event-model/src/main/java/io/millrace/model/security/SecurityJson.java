package io.millrace.model.security;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.millrace.model.event.TopicPath;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The records of the security topic as JSON; equal values make equal bytes. What is not understood
 * is refused: a property that a newer release wrote may be the one that narrows who sees an event.
 * Safe for use by several threads.
 */
public final class SecurityJson {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .build();

  private SecurityJson() {}

  private record Rules(List<Rule> rules) {}

  private record Rule(
      @Nullable String topic, @Nullable Allowed receive, @Nullable Allowed publish) {}

  private record Allowed(
      List<String> roles, List<String> users, @Nullable String condition, boolean replaces) {}

  private record Roles(List<String> roles, @Nullable String until) {}

  /**
   * Reads rules.
   *
   * @throws IOException if it is none, or of a newer release
   */
  public static SecurityRules rules(byte[] json) throws IOException {
    try {
      return new SecurityRules(
          JSON.readValue(json, Rules.class).rules.stream().map(SecurityJson::rule).toList());
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new IOException("no rules: " + e.getMessage(), e);
    }
  }

  /** Writes rules, in the order of their topics. */
  public static byte[] write(SecurityRules rules) {
    return bytes(
        new Rules(
            rules.rules().stream()
                .map(
                    rule ->
                        new Rule(
                            rule.topic() == null ? null : rule.topic().toString(),
                            allowed(rule.receive()),
                            allowed(rule.publish())))
                .sorted(Comparator.comparing(rule -> Objects.requireNonNullElse(rule.topic, "")))
                .toList()));
  }

  /**
   * Reads what is known of a user.
   *
   * @throws IOException if it is no such thing, or of a newer release
   */
  public static OwnerRoles roles(byte[] json) throws IOException {
    try {
      Roles stored = JSON.readValue(json, Roles.class);
      Instant until = stored.until == null ? null : Instant.parse(stored.until);
      return new OwnerRoles(new TreeSet<>(stored.roles), until);
    } catch (RuntimeException e) {
      throw new IOException("no roles: " + e.getMessage(), e);
    }
  }

  /** Writes what is known of a user. */
  public static byte[] write(OwnerRoles roles) {
    String until = roles.until() == null ? null : roles.until().toString();
    return bytes(new Roles(sorted(roles.roles()), until));
  }

  private static TopicRule rule(Rule stored) {
    return new TopicRule(
        stored.topic == null ? null : TopicPath.parse(stored.topic),
        permission(stored.receive),
        permission(stored.publish));
  }

  private static @Nullable Permission permission(@Nullable Allowed stored) {
    return stored == null
        ? null
        : new Permission(
            new TreeSet<>(stored.roles),
            new TreeSet<>(stored.users),
            stored.condition,
            stored.replaces);
  }

  private static @Nullable Allowed allowed(@Nullable Permission permission) {
    return permission == null
        ? null
        : new Allowed(
            sorted(permission.roles()),
            sorted(permission.users()),
            permission.condition(),
            permission.replaces());
  }

  private static List<String> sorted(Set<String> texts) {
    return List.copyOf(new TreeSet<>(texts));
  }

  private static byte[] bytes(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of texts can be written", e);
    }
  }
}
