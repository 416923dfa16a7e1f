package io.millrace.gateway.graphql.socket;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Java's own WebSocket client, with what it has heard. */
final class SocketClient implements WebSocket.Listener {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  final WebSocket socket;
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  private final StringBuilder part = new StringBuilder();
  private volatile @Nullable String closed;
  private volatile boolean reading = true;

  private SocketClient(WebSocket.Builder builder, URI uri) {
    socket = builder.buildAsync(uri, this).join();
  }

  /** Opens a socket that offers the subprotocols, with an {@code Authorization} unless null. */
  static SocketClient open(URI uri, @Nullable String authorization, String... offered) {
    WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(60));
    if (authorization != null) {
      builder.header("Authorization", authorization);
    }
    if (offered.length > 0) {
      builder.subprotocols(offered[0], Arrays.copyOfRange(offered, 1, offered.length));
    }
    return new SocketClient(builder, uri);
  }

  @Override
  public void onOpen(WebSocket opened) {
    opened.request(1);
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      heard.add(part.toString());
      part.setLength(0);
    }
    if (reading) {
      from.request(1);
    }
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed = code + " " + reason;
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    closed = "error " + error;
  }

  void say(String text) {
    socket.sendText(text, true).join();
  }

  /** The next message. */
  JsonNode hear() throws InterruptedException {
    String text = heard.poll(60, TimeUnit.SECONDS);
    if (text == null) {
      throw new AssertionError("nothing heard, closed: " + closed);
    }
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }

  /** The next messages' types. */
  List<String> hearTypes(int count) throws InterruptedException {
    String[] types = new String[count];
    for (int i = 0; i < count; i++) {
      types[i] = hear().path("type").asText();
    }
    return List.of(types);
  }

  /** Takes no more than what is asked for already. */
  void stopReading() {
    reading = false;
  }

  /** Waits for the end: code and reason. */
  String end() {
    await().atMost(Duration.ofSeconds(60)).until(() -> closed != null);
    return String.valueOf(closed);
  }
}
