package io.millrace.emitter.powerbi;

import io.millrace.emitter.task.EmitterTask;

/** The task of {@link PowerBiEmitterConnector}; Connect creates it. */
public final class PowerBiEmitterTask extends EmitterTask {

  public PowerBiEmitterTask() {
    super(PowerBiConfig.KIND);
  }
}
