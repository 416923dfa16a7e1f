package io.millrace.server.events.service;

import io.millrace.model.event.Extensions;
import io.millrace.model.event.HeaderText;
import io.millrace.server.events.EventData;
import io.millrace.server.events.EventDataMapping;
import io.millrace.server.events.EventManager;
import io.millrace.server.events.EventSubscriber;
import io.millrace.server.events.NotificationException;
import io.millrace.server.events.RejectedEventException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

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
   * @param timeout of a call
   * @param headers of each call, such as a token, asked for anew each time
   */
  public BoundService(
      HttpClient client, URI operation, Duration timeout, Supplier<Map<String, String>> headers) {
    String scheme = String.valueOf(operation.getScheme());
    if (operation.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException("operation must be an http or https address");
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
   * @throws IllegalArgumentException if there is none, or one is no topic
   */
  public void bind(EventManager manager, String topics) {
    boolean bound = false;
    for (String topic : topics.split(";", -1)) {
      if (!topic.isBlank()) {
        manager.subscribe(topic.strip(), this);
        bound = true;
      }
    }
    if (!bound) {
      throw new IllegalArgumentException("topics must name at least one topic");
    }
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
    try {
      HttpResponse<Void> response = client.send(request(event), BodyHandlers.discarding());
      return response.statusCode();
    } catch (IOException e) {
      throw new NotificationException(operation.getHost() + " did not answer", e);
    } catch (InterruptedException e) {
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
