package io.millrace.model.kafka;

import io.millrace.model.emitter.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Whether a topic that an emitter shall write to is there, before the emitter is accepted. Creates
 * nothing. Safe for use by several threads.
 *
 * @param settings of clients in general, such as a trust store
 * @param timeout longest time of a check, about
 */
public record TopicCheck(Map<String, ?> settings, Duration timeout) {

  private static final String BROKERS = "brokers";
  private static final String TOPIC = "topic";
  private static final String AUTO_CREATE = "auto.create.topics.enable";

  public TopicCheck {
    settings = Map.copyOf(settings);
  }

  /**
   * What is wrong, at {@code brokers} or {@code topic}; empty if the topic is there, or will be
   * created by its first record. Blocks up to the time-out.
   *
   * @throws InterruptedException if interrupted while it waits
   */
  public Optional<Problem> problem(KafkaCluster cluster, String topic) throws InterruptedException {
    try (Admin admin = Admin.create(config(cluster))) {
      return problem(admin, topic);
    } catch (KafkaException e) {
      // The cause says what is wrong, such as a host that is not known.
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return Optional.of(new Problem(BROKERS, "cannot be used: " + cause.getMessage()));
    }
  }

  private Map<String, Object> config(KafkaCluster cluster) {
    Map<String, Object> config = new HashMap<>(cluster.clientConfig(settings));
    int millis = Math.toIntExact(timeout.toMillis());
    config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, millis);
    config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, millis);
    return config;
  }

  private Optional<Problem> problem(Admin admin, String topic) throws InterruptedException {
    try {
      admin
          .describeTopics(List.of(topic))
          .allTopicNames()
          .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return Optional.empty();
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof UnknownTopicOrPartitionException) {
        return creates(admin)
            ? Optional.empty()
            : Optional.of(
                new Problem(
                    TOPIC,
                    topic + " does not exist there, and the brokers create none: create it first"));
      }
      if (cause instanceof AuthenticationException) {
        return Optional.of(new Problem(BROKERS, "refuse the identity: " + cause.getMessage()));
      }
      if (cause instanceof AuthorizationException) {
        return Optional.of(new Problem(TOPIC, topic + " must not be seen by the identity"));
      }
      return Optional.of(unreachable());
    } catch (TimeoutException e) {
      return Optional.of(unreachable());
    }
  }

  private Problem unreachable() {
    return new Problem(BROKERS, "do not answer within " + timeout.toMillis() + " ms");
  }

  /** Whether the brokers create topics on use; no, if they do not tell. */
  private boolean creates(Admin admin) throws InterruptedException {
    try {
      for (Node node :
          admin.describeCluster().nodes().get(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
        ConfigResource broker = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
        Config config =
            admin
                .describeConfigs(List.of(broker))
                .all()
                .get(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .get(broker);
        ConfigEntry entry = config == null ? null : config.get(AUTO_CREATE);
        return entry != null && Boolean.parseBoolean(entry.value());
      }
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
