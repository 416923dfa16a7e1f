package io.millrace.gateway.http.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.gateway.auth.Authentication;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.http.ErrorEnvelope;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.OriginConfig;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.RequestAuthenticator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a browser may do for pages of other hosts. */
class OriginsIT {

  private static final String OWN = "Origin: http://localhost";
  private static final String CONSOLE = "Origin: https://console.example";
  private static final String ELSEWHERE = "Origin: https://elsewhere.example";
  private static final String BASIC = "Authorization: Basic YWRhOmFkYQ==";

  private final RequestAuthenticator authenticator =
      new RequestAuthenticator(
          credentials ->
              CompletableFuture.completedFuture(
                  new Authentication.Accepted(new Principal("ada", Set.of(), null, null))),
          new SimpleMeterRegistry());
  private final SocketServer server =
      new SocketServer()
          .at("/s", new Recorder())
          .at(
              new Mount(
                  "test",
                  "/me",
                  false,
                  Map.of(
                      "GET",
                      exchange ->
                          authenticator
                              .authenticate(exchange)
                              .thenApply(who -> Reply.html(200, who.name()))),
                  new ErrorEnvelope()));

  @AfterEach
  void stop() {
    server.close();
  }

  private void startWithConsole() throws Exception {
    server.with(new OriginConfig(Set.of("https://console.example"))).start();
  }

  private String ask(String... headers) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      return client.ask("/me", headers);
    }
  }

  private String handshake(String... headers) throws Exception {
    try (RawClient client = new RawClient(server.port())) {
      return client.handshake("/s", headers);
    }
  }

  @Test
  void believesWhatABrowserKeepsForOwnPagesOnly() throws Exception {
    server.start();
    assertThat(ask(BASIC)).startsWith("HTTP/1.1 200 ");
    assertThat(ask(BASIC, OWN)).startsWith("HTTP/1.1 200 ");
    assertThat(ask(BASIC, ELSEWHERE)).startsWith("HTTP/1.1 401 ");
    assertThat(ask(BASIC, CONSOLE)).startsWith("HTTP/1.1 401 ").doesNotContain("Access-Control");
  }

  @Test
  void letsAllowedPagesReadAnswers() throws Exception {
    startWithConsole();
    assertThat(ask(BASIC, CONSOLE))
        .startsWith("HTTP/1.1 200 ")
        .contains("Access-Control-Allow-Origin: https://console.example\r\n")
        .contains("Access-Control-Allow-Credentials: true\r\n")
        .contains("Vary: Origin\r\n");
    assertThat(ask(BASIC, ELSEWHERE))
        .startsWith("HTTP/1.1 401 ")
        .doesNotContain("Access-Control-Allow-Origin");
  }

  @Test
  void answersPreflightsOfAllowedPages() throws Exception {
    startWithConsole();
    String[] wants = {
      "Access-Control-Request-Method: PUT", "Access-Control-Request-Headers: authorization"
    };
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.askBy("OPTIONS", "/me", CONSOLE, wants[0], wants[1]))
          .startsWith("HTTP/1.1 200 ")
          .contains("Access-Control-Allow-Origin: https://console.example\r\n")
          .containsPattern("Access-Control-Allow-Methods: [A-Z,]*PUT")
          .containsPattern("Access-Control-Allow-Headers: [A-Za-z,-]*Authorization");
    }
    try (RawClient client = new RawClient(server.port())) {
      assertThat(client.askBy("OPTIONS", "/me", ELSEWHERE, wants[0], wants[1]))
          .doesNotContain("Access-Control-Allow");
    }
  }

  @Test
  void opensSocketsForAllPagesUnlessSomeAreNamed() throws Exception {
    server.start();
    assertThat(handshake(ELSEWHERE)).startsWith("HTTP/1.1 101 ");
  }

  @Test
  void refusesSocketsOfPagesThatAreNotNamed() throws Exception {
    startWithConsole();
    assertThat(handshake()).startsWith("HTTP/1.1 101 ");
    assertThat(handshake(OWN)).startsWith("HTTP/1.1 101 ");
    assertThat(handshake(CONSOLE)).startsWith("HTTP/1.1 101 ");
    assertThat(handshake(ELSEWHERE)).startsWith("HTTP/1.1 403 ");
    assertThat(server.refused("origin")).isEqualTo(1);
  }
}
