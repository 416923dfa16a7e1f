package io.millrace.benchmarks.webhook;

import java.net.URI;

/** A bare HTTP client. */
interface Client extends AutoCloseable {

  /** Posts an event; {@code done} is called when the answer is there, on any thread. */
  void post(URI url, Event event, Runnable done);

  @Override
  void close();
}
