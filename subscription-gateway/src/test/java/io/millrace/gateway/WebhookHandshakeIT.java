package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.gateway.PublicUser.Answer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Endpoints of webhooks are asked for their consent over real connections. */
class WebhookHandshakeIT {

  private static final String PATH = "/emitters/definitions";
  private static final String ORIGIN = "events.example.org";
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir private Path folder;
  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer endpoint;
  private RunningGateway gateway;
  private PublicUser ada;

  @BeforeEach
  void start() throws Exception {
    endpoint = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    endpoint.createContext(
        "/",
        exchange -> {
          asked.add(exchange.getRequestMethod());
          String origin = exchange.getRequestHeaders().getFirst("WebHook-Request-Origin");
          if (exchange.getRequestURI().getPath().equals("/allows")) {
            exchange.getResponseHeaders().set("WebHook-Allowed-Origin", origin);
          }
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    endpoint.start();
    gateway =
        new RunningGateway(
            KafkaFixture.shared().bootstrapServers(),
            KafkaFixture.uniqueName("handshake"),
            Map.of(
                "auth.users.file",
                PublicUser.usersFile(folder).toString(),
                "connector.webhook.guard.allow",
                LOOPBACK.getHostAddress(),
                "emitters.webhook.handshake.origin",
                ORIGIN));
    ada = new PublicUser(gateway.gateway.port(), "ada");
    await().atMost(Duration.ofSeconds(60)).until(() -> ada.get(PATH).status() == 200);
  }

  @AfterEach
  void stop() {
    gateway.close();
    endpoint.stop(0);
  }

  @Test
  void anEndpointIsAskedBeforeItsWebhookIsTaken() throws Exception {
    int port = endpoint.getAddress().getPort();
    Answer taken = define("127.0.0.1:" + port + "/allows");
    assertThat(taken.status()).as(taken.body().toString()).isEqualTo(201);
    refused("127.0.0.1:" + port + "/refuses", "HTTP 200 and no WebHook-Allowed-Origin");
    assertThat(asked).containsExactly("OPTIONS", "OPTIONS");
    try (ServerSocket silent = new ServerSocket(0, 1, LOOPBACK)) {
      refused("127.0.0.1:" + silent.getLocalPort() + "/", "did not answer the OPTIONS request");
    }
    assertThat(ada.get(PATH).data()).hasSize(1);
  }

  @Test
  void whatMustNotBeReachedIsNotAskedAndToldOnce() throws Exception {
    refused(
        "127.0.0.9:" + endpoint.getAddress().getPort() + "/allows", "address that is not public");
    assertThat(asked).isEmpty();
  }

  private void refused(String address, String reason) throws Exception {
    Answer refused = define(address);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.messages())
        .singleElement()
        .asString()
        .startsWith("parameters.url ")
        .contains(reason);
  }

  private Answer define(String address) throws Exception {
    return ada.post(
        PATH,
        "{\"type\":\"Webhook\",\"topics\":[[\"a\"]],\"parameters\":{\"url\":\"http://%s\"}}"
            .formatted(address));
  }
}
