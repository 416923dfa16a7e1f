package io.millrace.emitter.powerbi;

import io.millrace.emitter.task.EmitterConnector;
import org.apache.kafka.connect.connector.Task;

/**
 * Kafka Connect sink connector that is one Power BI emitter, or all Power BI emitters that are
 * defined.
 */
public final class PowerBiEmitterConnector extends EmitterConnector {

  public PowerBiEmitterConnector() {
    super(PowerBiConfig.KIND);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return PowerBiEmitterTask.class;
  }
}
