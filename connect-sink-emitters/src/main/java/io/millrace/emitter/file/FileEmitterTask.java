package io.millrace.emitter.file;

import io.millrace.emitter.task.EmitterTask;

/** The task of {@link FileEmitterConnector}; Connect creates it. */
public final class FileEmitterTask extends EmitterTask {

  public FileEmitterTask() {
    super(FileConfig.KIND);
  }
}
