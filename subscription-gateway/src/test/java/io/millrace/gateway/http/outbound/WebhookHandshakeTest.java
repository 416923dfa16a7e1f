package io.millrace.gateway.http.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.millrace.model.address.EndpointGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookHandshakeTest {

  private static final String ORIGIN = "events.example.org";

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private volatile int status = 200;
  private volatile String allowed = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked.add(
              exchange.getRequestMethod()
                  + " "
                  + exchange.getRequestURI()
                  + " "
                  + exchange.getRequestHeaders().getFirst("WebHook-Request-Origin"));
          if (!allowed.isEmpty()) {
            exchange.getResponseHeaders().set("WebHook-Allowed-Origin", allowed);
          }
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"*", ORIGIN, "EVENTS.example.org", "other.example, events.example.org"})
  void anEndpointThatAllowsItIsDeliveredTo(String header) {
    allowed = header;
    assertThat(ask(EndpointGuard.OPEN)).isEmpty();
    assertThat(asked).containsExactly("OPTIONS /hook?a=1 " + ORIGIN);
  }

  @ParameterizedTest
  @CsvSource({
    "200, ''",
    "200, other.example",
    "200, example.org",
    "404, *",
    "405, ''",
    "302, *",
    "500, *"
  })
  void anEndpointThatDoesNotIsNot(int code, String header) {
    status = code;
    allowed = header;
    assertThat(ask(EndpointGuard.OPEN))
        .hasValueSatisfying(why -> assertThat(why).contains("HTTP " + code));
    assertThat(asked).hasSize(1);
  }

  @Test
  void anEndpointThatDoesNotAnswerIsNot() {
    server.stop(0);
    assertThat(ask(EndpointGuard.OPEN))
        .hasValueSatisfying(why -> assertThat(why).contains("did not answer"));
  }

  @Test
  void nobodyIsAskedWhoMustNotBeReached() {
    allowed = "*";
    assertThat(ask(EndpointGuard.of(EndpointGuard.Settings.STRICT)))
        .hasValueSatisfying(why -> assertThat(why).contains("loopback"));
    assertThat(asked).isEmpty();
  }

  private Optional<String> ask(EndpointGuard guard) {
    URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook?a=1");
    try (WebhookHandshake handshake =
        WebhookHandshake.start(guard, ORIGIN, Duration.ofSeconds(30))) {
      return handshake.ask(url).toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    }
  }
}
