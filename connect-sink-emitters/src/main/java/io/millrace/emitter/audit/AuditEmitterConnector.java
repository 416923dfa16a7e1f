package io.millrace.emitter.audit;

import io.millrace.emitter.task.EmitterConnector;
import org.apache.kafka.connect.connector.Task;

/**
 * Kafka Connect sink connector that is one Audit emitter, or all Audit emitters that are defined.
 */
public final class AuditEmitterConnector extends EmitterConnector {

  public AuditEmitterConnector() {
    super(AuditConfig.KIND);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return AuditEmitterTask.class;
  }
}
