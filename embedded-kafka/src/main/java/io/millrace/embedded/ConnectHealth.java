package io.millrace.embedded;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;

/** Waits for a Connect worker's own word that it is ready. */
final class ConnectHealth {

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(25);
  private static final int ANSWER_MS = 10_000;

  private final URI health;

  ConnectHealth(URI worker) {
    health = worker.resolve("/health");
  }

  void awaitReady() throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!ready()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(
            "the Connect worker at " + health + " was not ready within " + PATIENCE);
      }
      Thread.sleep(PAUSE.toMillis());
    }
  }

  /** A worker that still joins its group answers 503, one whose server starts does not answer. */
  private boolean ready() {
    try {
      // Not the JDK's newer client: it costs a thread pool and 200 ms of a cold start.
      HttpURLConnection connection = (HttpURLConnection) health.toURL().openConnection();
      connection.setConnectTimeout(ANSWER_MS);
      connection.setReadTimeout(ANSWER_MS);
      try {
        return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false;
    }
  }
}
