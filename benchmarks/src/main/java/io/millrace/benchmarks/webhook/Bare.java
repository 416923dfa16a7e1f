package io.millrace.benchmarks.webhook;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Sends a run's events by a bare client, in turn to all endpoints. */
final class Bare {

  private final Client client;
  private final Endpoints endpoints;
  private final byte[] data;

  Bare(Client client, Endpoints endpoints, byte[] data) {
    this.client = client;
    this.endpoints = endpoints;
    this.data = data;
  }

  /** As fast as it goes, with so many under way to the first endpoint. */
  void fast(Run run, int inFlight) throws IOException {
    AtomicInteger next = new AtomicInteger();
    for (int i = 0; i < inFlight; i++) {
      next(run, next);
    }
  }

  /** At a fixed rate, however many are under way. */
  void steadily(Run run, int perSecond) throws IOException {
    long start = System.nanoTime();
    for (int event = 0; event < run.events(); event++) {
      long due = start + event * 1_000_000_000L / perSecond;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      run.due(event, due);
      client.post(endpoints.url(event % endpoints.count()), new Event(event, data), () -> {});
    }
  }

  private void next(Run run, AtomicInteger next) throws IOException {
    int event = next.getAndIncrement();
    if (event < run.events()) {
      client.post(
          endpoints.url(0),
          new Event(event, data),
          () -> {
            try {
              next(run, next);
            } catch (IOException e) {
              throw new IllegalStateException(e);
            }
          });
    }
  }
}
