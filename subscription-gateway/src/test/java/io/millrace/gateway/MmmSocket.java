package io.millrace.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client by {@code graphql-transport-ws}, with one subscription. */
final class MmmSocket implements WebSocket.Listener, AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final StringBuilder text = new StringBuilder();
  private WebSocket socket;

  private MmmSocket() {}

  static MmmSocket open(int port, String authorization) throws Exception {
    MmmSocket client = new MmmSocket();
    client.socket =
        CLIENT
            .newWebSocketBuilder()
            .subprotocols("graphql-transport-ws")
            .buildAsync(URI.create("ws://127.0.0.1:" + port + "/subscriptions"), client)
            .get(60, TimeUnit.SECONDS);
    client.send(
        Map.of("type", "connection_init", "payload", Map.of("authorization", authorization)));
    client.next("connection_ack");
    return client;
  }

  void subscribe(String query, Map<String, ?> variables) throws Exception {
    send(
        Map.of(
            "id",
            "1",
            "type",
            "subscribe",
            "payload",
            Map.of("query", query, "variables", variables)));
  }

  private void send(Object message) throws Exception {
    var unused = socket.sendText(JSON.writeValueAsString(message), true).get(60, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    text.append(data);
    if (last) {
      try {
        messages.add(JSON.readTree(text.toString()));
      } catch (JsonProcessingException e) {
        throw new AssertionError("no JSON: " + text, e);
      }
      text.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    messages.add(JSON.createObjectNode().put("type", "closed " + code));
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    messages.add(JSON.createObjectNode().put("type", "closed by " + failure));
  }

  /** The payload of the next message, which must be of a type. */
  JsonNode next(String type) throws InterruptedException {
    JsonNode message = messages.poll(60, TimeUnit.SECONDS);
    if (message == null || !message.path("type").asText().equals(type)) {
      throw new OtherwiseException("no " + type + " but " + message);
    }
    return message.path("payload");
  }

  /** Something else has come than was expected, or nothing. */
  static final class OtherwiseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OtherwiseException(String message) {
      super(message);
    }
  }

  /** The next result. */
  JsonNode result() throws InterruptedException {
    return next("next").path("data").path("_externalEvents");
  }

  /** The events of the next chunk. */
  List<JsonNode> chunk() throws InterruptedException {
    List<JsonNode> events = new ArrayList<>();
    result().path("events").forEach(events::add);
    return events;
  }

  /** The entities of the next so many events. */
  List<String> entities(int count) throws InterruptedException {
    return take(count).stream().map(event -> event.path("entityId").asText()).toList();
  }

  /** The next so many events. */
  List<JsonNode> take(int count) throws InterruptedException {
    List<JsonNode> events = new ArrayList<>();
    while (events.size() < count) {
      events.addAll(chunk());
    }
    if (events.size() > count) {
      throw new AssertionError("more than " + count + ": " + events);
    }
    return events;
  }

  /** The code of the error that ends the subscription. */
  String error() throws InterruptedException {
    return next("error").path(0).path("extensions").path("code").asText();
  }

  /** The first error of the answer that refuses the subscription. */
  JsonNode refusal() throws InterruptedException {
    JsonNode error = next("next").path("errors").path(0);
    next("complete");
    return error;
  }

  /** Whether nothing has come that was not taken. */
  boolean quiet() {
    return messages.isEmpty();
  }

  @Override
  public void close() {
    socket.abort();
  }
}
