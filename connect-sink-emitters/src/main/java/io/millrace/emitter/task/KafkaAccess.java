package io.millrace.emitter.task;

import io.millrace.model.kafka.MillraceTopics;
import java.util.Map;

/**
 * How a task reaches the cluster that it works for, for types that keep something there.
 *
 * @param clientConfig for any Kafka client
 */
public record KafkaAccess(Map<String, Object> clientConfig, MillraceTopics topics) {

  /** The key of the brokers. */
  public static final String BOOTSTRAP = ModeConfig.BOOTSTRAP;

  /** The key of the mode. */
  public static final String DEFINITIONS = ModeConfig.DEFINITIONS;

  public KafkaAccess {
    clientConfig = Map.copyOf(clientConfig);
  }

  /** Whether emitters are defined in Kafka, and not by the connector's configuration. */
  public static boolean isShared(Map<String, String> props) {
    return ModeConfig.TOPIC.equalsIgnoreCase(props.get(DEFINITIONS));
  }

  /** As a connector's configuration says. */
  public static KafkaAccess of(Map<String, String> props) {
    ModeConfig mode = new ModeConfig(props);
    return new KafkaAccess(mode.clientConfig(), mode.topics());
  }
}
