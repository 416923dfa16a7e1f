package io.millrace.model.kafka;

import io.millrace.model.security.OwnerRoles;
import io.millrace.model.security.SecurityJson;
import io.millrace.model.security.SecurityRules;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the security topic, as {@link TopicFollower} does. */
public final class SecurityFollower implements AutoCloseable {

  /** The key of the rules. */
  public static final String RULES = "rules";

  private static final String USER = "user/";
  private static final Logger LOG = LoggerFactory.getLogger(SecurityFollower.class);

  private final TopicFollower follower;
  private final SecurityListener listener;

  /**
   * Does not begin before {@link #start}.
   *
   * @param clientConfig how to reach the cluster; group and deserializers are not needed
   */
  public SecurityFollower(
      Map<String, ?> clientConfig, MillraceTopics topics, SecurityListener listener) {
    this.listener = listener;
    this.follower =
        new TopicFollower(clientConfig, topics.security(), "millrace-security", this::tell);
  }

  /** The key of what is known of a user. */
  public static String key(String user) {
    return USER + user;
  }

  public SecurityFollower start() {
    follower.start();
    return this;
  }

  /** Waits until everything that stood in the log at the start was told; false on time-out. */
  public boolean awaitCaughtUp(Duration timeout) throws InterruptedException {
    return follower.awaitCaughtUp(timeout);
  }

  /** Waits until everything before this offset was told; false on time-out. */
  public boolean awaitPosition(long offset, Duration timeout) throws InterruptedException {
    return follower.awaitPosition(offset, timeout);
  }

  @Override
  public void close() {
    follower.close();
  }

  private void tell(String key, byte @Nullable [] value) {
    if (key.equals(RULES)) {
      listener.rules(rules(value));
    } else if (key.startsWith(USER)) {
      listener.roles(key.substring(USER.length()), roles(key, value));
    }
  }

  private static Optional<SecurityRules> rules(byte @Nullable [] value) {
    try {
      return value == null ? Optional.empty() : Optional.of(SecurityJson.rules(value));
    } catch (IOException e) {
      LOG.error("The rules of who may see what cannot be understood: {}", e.getMessage());
      return Optional.empty();
    }
  }

  private static @Nullable OwnerRoles roles(String key, byte @Nullable [] value) {
    try {
      return value == null ? null : SecurityJson.roles(value);
    } catch (IOException e) {
      LOG.warn("What stands under {} cannot be understood: {}", key, e.getMessage());
      return null;
    }
  }
}
