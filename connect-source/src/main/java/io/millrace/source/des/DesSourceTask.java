package io.millrace.source.des;

import io.millrace.source.task.EventSourceTask;

/** Holds a session with DES and hands its events to Connect. */
public final class DesSourceTask extends EventSourceTask {

  public DesSourceTask() {
    super(DesKind.INSTANCE);
  }
}
