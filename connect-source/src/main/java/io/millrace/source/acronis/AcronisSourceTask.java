package io.millrace.source.acronis;

import io.millrace.source.task.EventSourceTask;

/** The task of the {@link AcronisSourceConnector}. */
public final class AcronisSourceTask extends EventSourceTask {

  public AcronisSourceTask() {
    super(new AcronisSource());
  }
}
