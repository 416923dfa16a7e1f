package io.millrace.emitter.kafka;

import io.millrace.emitter.task.EmitterTask;

/** The task of {@link KafkaEmitterConnector}; Connect creates it. */
public final class KafkaEmitterTask extends EmitterTask {

  public KafkaEmitterTask() {
    super(KafkaConfig.KIND);
  }
}
