package io.millrace.emitter.console;

import io.millrace.emitter.task.EmitterTask;

/** The task of {@link ConsoleEmitterConnector}; Connect creates it. */
public final class ConsoleEmitterTask extends EmitterTask {

  public ConsoleEmitterTask() {
    super(ConsoleConfig.KIND);
  }
}
