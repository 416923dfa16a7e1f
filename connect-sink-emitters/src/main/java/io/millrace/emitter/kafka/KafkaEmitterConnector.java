package io.millrace.emitter.kafka;

import io.millrace.emitter.task.EmitterConnector;
import org.apache.kafka.connect.connector.Task;

/**
 * Kafka Connect sink connector that is one Kafka emitter, or all Kafka emitters that are defined.
 */
public final class KafkaEmitterConnector extends EmitterConnector {

  public KafkaEmitterConnector() {
    super(KafkaConfig.KIND);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return KafkaEmitterTask.class;
  }
}
