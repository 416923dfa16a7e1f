package io.millrace.server.events.service;

import io.millrace.model.event.Extensions;
import io.millrace.model.event.HeaderText;
import io.millrace.model.event.TopicPath;
import io.millrace.server.events.EventData;
import io.millrace.server.events.EventDataMapping;
import io.millrace.server.events.EventManager;
import io.millrace.server.events.EventSubscriber;
import io.millrace.server.events.NotificationException;
import io.millrace.server.events.RejectedEventException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * An operation that is called when an event comes: a POST with the payload as its JSON body, as if
 * a client had called it. Headers {@code ce-id}, {@code ce-source}, {@code ce-type}, {@code
 * ce-time} and {@code ce-topicpath} say which event it is, so that the operation can tell one that
 * comes twice.
 *
 * <p>A status of 2xx means handled; no answer, 408, 425, 429 and 5xx are tried again; any other
 * puts the event among the dead letters at once. Redirects are not followed. Safe for use by
 * several threads.
 */
public final class BoundService implements EventSubscriber {

  private static final Set<Integer> PASSING = Set.of(408, 425, 429);

  private final HttpClient client;
  private final URI operation;
  private final Duration timeout;
  private final Supplier<Map<String, String>> headers;

  /**
   * A service that needs no headers of its own.
   *
   * @param operation address of the operation, http or https
   */
  public BoundService(URI operation) {
    this(
        HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build(),
        operation,
        Duration.ofSeconds(30),
        Map::of);
  }

  /**
   * A service with a client of the caller's, which says what TLS, proxy and HTTP version are.
   *
   * @param timeout of a call, until its answer has come to its end
   * @param headers of each call, such as a token, asked for anew each time
   */
  public BoundService(
      HttpClient client, URI operation, Duration timeout, Supplier<Map<String, String>> headers) {
    String scheme = String.valueOf(operation.getScheme());
    if (operation.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException("operation must be an http or https address");
    }
    if (timeout.isNegative() || timeout.isZero()) {
      throw new IllegalArgumentException("timeout must be positive");
    }
    this.client = client;
    this.operation = operation;
    this.timeout = timeout;
    this.headers = headers;
  }

  /**
   * Binds the service to topics.
   *
   * @param topics separated by semicolons, as in Foundry's console
   * @throws IllegalArgumentException if there is none, or naming all that are no topics; the
   *     service is bound to none then
   */
  public void bind(EventManager manager, String topics) {
    List<String> named =
        Stream.of(topics.split(";", -1))
            .map(String::strip)
            .filter(topic -> !topic.isEmpty())
            .toList();
    if (named.isEmpty()) {
      throw new IllegalArgumentException("topics must name at least one topic");
    }
    List<String> problems = new ArrayList<>();
    for (String topic : named) {
      try {
        TopicPath unused = TopicPath.parse(topic);
      } catch (IllegalArgumentException e) {
        problems.add("topics: '" + topic + "' is none: " + e.getMessage());
      }
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    named.forEach(topic -> manager.subscribe(topic, this));
  }

  @Override
  public void onEvent(EventData eventData) {
    int status = call(eventData);
    if (status / 100 == 2) {
      return;
    }
    if (PASSING.contains(status) || status >= 500) {
      throw new NotificationException(operation.getHost() + " answered " + status, null);
    }
    throw new RejectedEventException(operation.getHost() + " answered " + status, null);
  }

  private int call(EventData event) {
    // The client's own timeout covers an answer's headers, but not its body.
    CompletableFuture<HttpResponse<Void>> answer =
        client.sendAsync(request(event), BodyHandlers.discarding());
    try {
      return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS).statusCode();
    } catch (ExecutionException e) {
      throw new NotificationException(operation.getHost() + " did not answer", e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new NotificationException(operation.getHost() + " did not answer in time", e);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new NotificationException("interrupted while " + operation.getHost() + " works", e);
    }
  }

  private HttpRequest request(EventData event) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(operation)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .header("ce-specversion", "1.0")
            .header("ce-id", HeaderText.encode(event.getId()))
            .header("ce-type", HeaderText.encode(event.getType()))
            .header("ce-time", event.getTimestamp().toString())
            .header("ce-" + Extensions.TOPIC_PATH, HeaderText.encode(event.getTopic()))
            .POST(BodyPublishers.ofByteArray(EventDataMapping.json(event)));
    String producer = event.getProducer();
    if (producer != null) {
      request.header("ce-source", HeaderText.encode(producer));
    }
    headers.get().forEach(request::setHeader);
    return request.build();
  }
}
