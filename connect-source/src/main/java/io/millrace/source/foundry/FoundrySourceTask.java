package io.millrace.source.foundry;

import io.millrace.source.task.EventSourceTask;

/** Subscribes to server events and hands them to Connect. */
public final class FoundrySourceTask extends EventSourceTask {

  public FoundrySourceTask() {
    super(FoundryKind.INSTANCE);
  }
}
