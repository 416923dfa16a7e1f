package io.millrace.source.acronis;

import io.millrace.source.task.EventSourceConnector;
import org.apache.kafka.connect.connector.Task;

/** Kafka Connect source connector that reads a subscription of Acronis's Event Manager. */
public final class AcronisSourceConnector extends EventSourceConnector {

  public AcronisSourceConnector() {
    super(new AcronisSource());
  }

  @Override
  public Class<? extends Task> taskClass() {
    return AcronisSourceTask.class;
  }
}
