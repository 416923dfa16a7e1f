package io.millrace.server.events.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.millrace.server.events.EventData;
import io.millrace.server.events.memory.InMemoryEventBus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundServiceTest {

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private record Call(Map<String, List<String>> headers, String body) {}

  private final InMemoryEventBus bus = new InMemoryEventBus(3);
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Deque<Integer> statuses = new ArrayDeque<>();
  private final List<Socket> stalled = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private URI address;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/services/mail", this::answer);
    server.start();
    address = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/services/mail");
    bus.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.stop(0);
    for (Socket socket : stalled) {
      socket.close();
    }
    bus.close();
  }

  @Test
  void callsTheOperationWithThePayloadAsItsRequest() throws Exception {
    new BoundService(
            HttpClient.newHttpClient(),
            address,
            Duration.ofSeconds(10),
            () -> Map.of("Authorization", "Bearer t"))
        .bind(bus.getEventManager(), "order/placed; order/ünpaid");

    EventData event = new EventData("order/ünpaid", Map.of("total", 12));
    bus.getEventNotifier().notify(event);
    bus.getEventNotifier().notify("order/other", 1);
    bus.awaitQuiet(LIMIT);

    assertThat(calls).hasSize(1);
    Call call = calls.get(0);
    assertThat(call.body()).isEqualTo("{\"total\":12}");
    assertThat(call.headers())
        .containsEntry("Content-type", List.of("application/json"))
        .containsEntry("Authorization", List.of("Bearer t"))
        .containsEntry("Ce-id", List.of(event.getId()))
        .containsEntry("Ce-source", List.of("in-memory"))
        .containsEntry("Ce-topicpath", List.of("order/%C3%BCnpaid"));
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 503})
  void callsAgainAfterAFailureThatMayPass(int status) throws Exception {
    statuses.add(status);
    new BoundService(address).bind(bus.getEventManager(), "order");

    bus.getEventNotifier().notify("order", 1);
    bus.awaitQuiet(LIMIT);

    assertThat(calls).hasSize(2);
    assertThat(bus.deadEvents()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 400, 401, 404, 422})
  void doesNotCallAgainWhatIsRefused(int status) throws Exception {
    statuses.add(status);
    new BoundService(address).bind(bus.getEventManager(), "order");

    bus.getEventNotifier().notify("order", 1);
    bus.awaitQuiet(LIMIT);

    assertThat(calls).hasSize(1);
    assertThat(bus.deadEvents()).hasSize(1);
    assertThat(bus.deadEvents().get(0).reason()).contains("127.0.0.1 answered " + status);
  }

  @Test
  void givesUpOnAServiceThatDoesNotAnswer() throws Exception {
    server.stop(0);
    new BoundService(address).bind(bus.getEventManager(), "order");

    bus.getEventNotifier().notify("order", 1);
    bus.awaitQuiet(LIMIT);

    assertThat(bus.deadEvents().get(0).reason())
        .contains("failed 3 times: NotificationException: 127.0.0.1 did not answer");
  }

  @Test
  void waitsNoLongerForTheRestOfAnAnswerThanForItsBeginning() throws Exception {
    try (ServerSocket stalling = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread answering = new Thread(() -> beginAnswers(stalling));
      answering.setDaemon(true);
      answering.start();
      URI stalls = URI.create("http://127.0.0.1:" + stalling.getLocalPort() + "/mail");
      new BoundService(HttpClient.newHttpClient(), stalls, Duration.ofMillis(200), Map::of)
          .bind(bus.getEventManager(), "order");

      bus.getEventNotifier().notify("order", 1);
      bus.awaitQuiet(LIMIT);

      assertThat(bus.deadEvents().get(0).reason())
          .contains("failed 3 times: NotificationException: 127.0.0.1 did not answer");
    }
  }

  @Test
  void bindsToAllTopicsOrToNone() throws Exception {
    assertThatThrownBy(
            () -> new BoundService(address).bind(bus.getEventManager(), "order; a//b; ; c//d"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a//b' is none")
        .hasMessageContaining("'c//d' is none");

    bus.getEventNotifier().notify("order", 1);
    bus.awaitQuiet(LIMIT);
    assertThat(calls).isEmpty();
  }

  @Test
  void refusesATimeoutThatIsNone() {
    assertThatThrownBy(
            () -> new BoundService(HttpClient.newHttpClient(), address, Duration.ZERO, Map::of))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("timeout must be positive");
  }

  @Test
  void refusesWhatIsNoAddress() {
    assertThatThrownBy(() -> new BoundService(URI.create("file:///etc/passwd")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new BoundService(address).bind(bus.getEventManager(), " ; "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("topics must name at least one topic");
  }

  /** Headers that promise a body, which never comes. */
  private void beginAnswers(ServerSocket server) {
    try {
      while (true) {
        Socket socket = server.accept();
        stalled.add(socket);
        socket
            .getOutputStream()
            .write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n".getBytes(UTF_8));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
    calls.add(new Call(Collections.unmodifiableMap(exchange.getRequestHeaders()), body));
    Integer status = statuses.poll();
    exchange.sendResponseHeaders(status == null ? 204 : status, -1);
    exchange.close();
  }
}
