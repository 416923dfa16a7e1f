package io.millrace.source.des;

import io.millrace.source.task.EventSourceConnector;
import org.apache.kafka.connect.connector.Task;

/** Kafka Connect source connector for the asynchronous events of Trisotech DES. */
public final class DesSourceConnector extends EventSourceConnector {

  public DesSourceConnector() {
    super(DesKind.INSTANCE);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return DesSourceTask.class;
  }
}
