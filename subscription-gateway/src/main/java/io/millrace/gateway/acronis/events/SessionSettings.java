package io.millrace.gateway.acronis.events;

import io.millrace.model.subscription.SubscriptionDefinition;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription says about the sessions of its consumers; kept in the settings of its
 * definition under the names that Acronis has for them. Source: {@code POST /subscriptions}.
 *
 * @param timeout for how long a consumer must be silent before another may take its place
 * @param autoCommit how often the position is stored; null for never
 */
public record SessionSettings(Duration timeout, @Nullable Duration autoCommit) {

  public static final String SESSION_TIMEOUT = "session_timeout";
  public static final String AUTO_COMMIT = "auto_commit";
  public static final String AUTO_COMMIT_INTERVAL = "auto_commit_interval";

  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
  private static final Duration DEFAULT_INTERVAL = Duration.ofMinutes(5);

  static SessionSettings of(SubscriptionDefinition definition) {
    Duration timeout = duration(definition, SESSION_TIMEOUT, DEFAULT_TIMEOUT);
    boolean commits = Boolean.parseBoolean(definition.settings().get(AUTO_COMMIT));
    return new SessionSettings(
        timeout.toMillis() < 1 ? DEFAULT_TIMEOUT : timeout,
        commits ? duration(definition, AUTO_COMMIT_INTERVAL, DEFAULT_INTERVAL) : null);
  }

  private static Duration duration(
      SubscriptionDefinition definition, String name, Duration otherwise) {
    String text = definition.settings().get(name);
    try {
      return text == null ? otherwise : Duration.parse(text);
    } catch (DateTimeParseException e) {
      return otherwise;
    }
  }
}
