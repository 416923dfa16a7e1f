package io.millrace.benchmarks.load;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import org.apache.hc.client5.http.async.methods.SimpleHttpRequest;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleRequestBuilder;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ContentType;

/**
 * Posts CloudEvents in binary mode at a steady rate, whatever the answers take (open loop), up to a
 * bound of posts in flight, beyond which it falls behind and the delay shows in the figures.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Results come through callbacks.
final class Publisher implements AutoCloseable {

  private static final int CONNECTIONS = 256;
  private static final int KEYS = 1_000;

  private final CloseableHttpAsyncClient client;
  private final URI target;
  private final String authorization;
  private final String body;

  Publisher(URI target, String userAndPassword, int bytes) {
    this.target = target;
    this.authorization =
        "Basic "
            + Base64.getEncoder().encodeToString(userAndPassword.getBytes(StandardCharsets.UTF_8));
    this.body = "{\"amount\":988,\"text\":\"" + "x".repeat(Math.max(0, bytes - 24)) + "\"}";
    this.client =
        HttpAsyncClients.custom()
            .setConnectionManager(
                PoolingAsyncClientConnectionManagerBuilder.create()
                    .setMaxConnTotal(CONNECTIONS)
                    .setMaxConnPerRoute(CONNECTIONS)
                    .build())
            .build();
    client.start();
  }

  /** Sends events 0 to {@code events - 1} and returns when the last was handed to the network. */
  void send(Timeline timeline, int events, int perSecond) throws InterruptedException {
    Semaphore inFlight = new Semaphore(CONNECTIONS * 4);
    long start = System.nanoTime();
    for (int event = 0; event < events; event++) {
      long due = start + event * 1_000_000_000L / perSecond;
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      timeline.due(event, due);
      inFlight.acquire();
      post(timeline, event, inFlight);
    }
  }

  private void post(Timeline timeline, int event, Semaphore inFlight) {
    SimpleHttpRequest request =
        SimpleRequestBuilder.post(target)
            .setHeader("Authorization", authorization)
            .setHeader("ce-specversion", "1.0")
            .setHeader("ce-id", Integer.toString(event))
            .setHeader("ce-source", "load")
            .setHeader("ce-type", "load.event")
            .setHeader("ce-topicpath", "load/events")
            .setHeader("ce-partitionkey", "key-" + event % KEYS)
            .setBody(body, ContentType.APPLICATION_JSON)
            .build();
    client.execute(
        request,
        new FutureCallback<SimpleHttpResponse>() {
          @Override
          public void completed(SimpleHttpResponse response) {
            inFlight.release();
            if (response.getCode() < 300) {
              timeline.accepted(event, System.nanoTime());
            } else {
              timeline.refused();
            }
          }

          @Override
          public void failed(Exception e) {
            inFlight.release();
            timeline.refused();
          }

          @Override
          public void cancelled() {
            failed(new IllegalStateException("cancelled"));
          }
        });
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
