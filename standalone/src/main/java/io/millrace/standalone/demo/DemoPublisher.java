package io.millrace.standalone.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts a made-up event to the gateway at each beat, on a thread of its own. */
final class DemoPublisher {

  private static final Logger LOG = LoggerFactory.getLogger(DemoPublisher.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client = HttpClient.newHttpClient();
  private final URI gateway;
  private final String authorization;
  private final DemoEvents events;
  private final CountDownLatch stopping = new CountDownLatch(1);

  DemoPublisher(URI gateway, String authorization, DemoEvents events) {
    this.gateway = gateway;
    this.authorization = authorization;
    this.events = events;
  }

  void start(Duration every) {
    Thread thread = new Thread(() -> publishUntilStopped(every), "millrace-demo");
    thread.setDaemon(true);
    thread.start();
  }

  private void publishUntilStopped(Duration every) {
    try {
      do {
        publish();
      } while (!stopping.await(every.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void publish() throws InterruptedException {
    DemoEvent event = events.next();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(gateway.resolve(event.path()))
            .timeout(TIMEOUT)
            .header("Authorization", authorization)
            .POST(BodyPublishers.ofString(event.body()));
    event.headers().forEach(request::header);
    try {
      int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
      if (status != 200) {
        LOG.warn("The gateway answered a sample event to {} with {}", event.path(), status);
      }
    } catch (IOException e) {
      LOG.warn("A sample event could not be posted", e);
    }
  }

  /** Returns at once; an event that is under way still goes out. */
  void stop() {
    stopping.countDown();
  }
}
