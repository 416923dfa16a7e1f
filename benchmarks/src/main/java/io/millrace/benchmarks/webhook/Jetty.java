package io.millrace.benchmarks.webhook;

import java.net.URI;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.util.component.LifeCycle;

/** Jetty's client. */
final class Jetty implements Client {

  private final HttpClient client = new HttpClient();

  Jetty(int inFlight) throws Exception {
    client.setMaxConnectionsPerDestination(inFlight);
    client.setMaxRequestsQueuedPerDestination(1_000_000);
    client.start();
  }

  @Override
  public void post(URI url, Event event, Runnable done) {
    client
        .newRequest(url)
        .method(HttpMethod.POST)
        .headers(fields -> event.headers(fields::put))
        .body(new BytesRequestContent("application/json", event.data()))
        .send(result -> done.run());
  }

  @Override
  public void close() {
    LifeCycle.stop(client);
  }
}
