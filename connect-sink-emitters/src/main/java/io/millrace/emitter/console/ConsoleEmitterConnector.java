package io.millrace.emitter.console;

import io.millrace.emitter.task.EmitterConnector;
import org.apache.kafka.connect.connector.Task;

/**
 * Kafka Connect sink connector that is one Console emitter, or all Console emitters that are
 * defined.
 */
public final class ConsoleEmitterConnector extends EmitterConnector {

  public ConsoleEmitterConnector() {
    super(ConsoleConfig.KIND);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return ConsoleEmitterTask.class;
  }
}
