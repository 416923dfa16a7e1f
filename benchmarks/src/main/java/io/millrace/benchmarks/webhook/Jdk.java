package io.millrace.benchmarks.webhook;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** The JDK's own client. */
@SuppressWarnings("FutureReturnValueIgnored") // Results come through callbacks.
final class Jdk implements Client {

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Override
  public void post(URI url, Event event, Runnable done) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).POST(BodyPublishers.ofByteArray(event.data()));
    event.headers(request::setHeader);
    client
        .sendAsync(request.build(), BodyHandlers.discarding())
        .whenComplete((response, error) -> done.run());
  }

  @Override
  public void close() {}
}
