package io.millrace.source.task;

import java.io.IOException;

/** Brings in what a vendor has. Each task has one, on a thread of its own. */
@FunctionalInterface
public interface Reader {

  /**
   * Reads for as long as a connection lasts, or one poll long. It is called again at once when it
   * returns, and after a wait that grows when it throws {@link IOException}; a {@link
   * io.millrace.source.http.LaterException} may ask for a longer one.
   *
   * @throws IOException if the connection failed in a way that passes by itself
   * @throws org.apache.kafka.connect.errors.ConnectException with a sentence, if a person has to do
   *     something: the task fails with it
   * @throws InterruptedException when the task stops
   */
  void read(Intake intake) throws IOException, InterruptedException;

  /**
   * The task stops: says goodbye to the vendor, within a second or two. Called once, on Connect's
   * thread, after {@link #read} has ended or did not end for three seconds after an interrupt.
   */
  default void close() {}
}
