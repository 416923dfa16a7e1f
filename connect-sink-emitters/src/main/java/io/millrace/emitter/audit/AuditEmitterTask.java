package io.millrace.emitter.audit;

import io.millrace.emitter.task.EmitterTask;

/** The task of {@link AuditEmitterConnector}; Connect creates it. */
public final class AuditEmitterTask extends EmitterTask {

  public AuditEmitterTask() {
    super(AuditConfig.KIND);
  }
}
