package io.millrace.source.mmm;

import io.millrace.source.task.EventSourceTask;

/** Brings events of MMM in. */
public final class MmmSourceTask extends EventSourceTask {

  /** Made by Connect. */
  public MmmSourceTask() {
    super(new MmmKind());
  }
}
