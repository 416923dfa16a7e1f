package io.millrace.emitter.task;

import io.millrace.emitter.lane.Emitter;

/** What the emitters of one type share within a task: a client, open files. */
public interface Outlet extends AutoCloseable {

  /**
   * An emitter for one lane. Opens nothing: what cannot be reached shows as the outcome of an
   * attempt. Called by the task's thread.
   *
   * @param spec with parameters of the outlet's own type
   */
  Emitter open(EmitterSpec spec);

  /** Called by the task's thread when no lane is left. */
  @Override
  void close();
}
