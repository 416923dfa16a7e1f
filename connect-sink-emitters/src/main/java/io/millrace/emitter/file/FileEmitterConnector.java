package io.millrace.emitter.file;

import io.millrace.emitter.task.EmitterConnector;
import org.apache.kafka.connect.connector.Task;

/** Kafka Connect sink connector that is one File emitter, or all File emitters that are defined. */
public final class FileEmitterConnector extends EmitterConnector {

  public FileEmitterConnector() {
    super(FileConfig.KIND);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return FileEmitterTask.class;
  }
}
