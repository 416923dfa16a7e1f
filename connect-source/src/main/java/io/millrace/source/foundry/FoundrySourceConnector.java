package io.millrace.source.foundry;

import io.millrace.source.task.EventSourceConnector;
import org.apache.kafka.connect.connector.Task;

/** Kafka Connect source connector for the server events of Volt MX Foundry. */
public final class FoundrySourceConnector extends EventSourceConnector {

  public FoundrySourceConnector() {
    super(FoundryKind.INSTANCE);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return FoundrySourceTask.class;
  }
}
