package io.millrace.source.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.source.websocket.FrameServer.Client;
import java.io.IOException;
import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class WebSocketClientTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final Limits LIMITS = new Limits(10_000, 4, LONG);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private FrameServer server;

  @BeforeEach
  void listen() throws IOException {
    server = new FrameServer();
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }

  private Future<WebSocketConnection> open(HttpClient http, Duration timeout, String... offered) {
    Handshake handshake =
        new Handshake(server.uri(), Map.of("X-Token", "t"), List.of(offered), timeout);
    Callable<WebSocketConnection> opening = () -> new WebSocketClient(http).open(handshake, LIMITS);
    return threads.submit(opening);
  }

  @Test
  void theServerChoosesASubprotocol() throws Exception {
    Future<WebSocketConnection> opening = open(HttpClient.newHttpClient(), LONG, "b", "a");
    Client client = server.accept().upgrade("Sec-WebSocket-Protocol: a");
    assertThat(client.headers)
        .containsEntry("Sec-WebSocket-Protocol", "b, a")
        .containsEntry("X-Token", "t");
    assertThat(opening.get().subprotocol()).isEqualTo("a");
  }

  @Test
  void theServerMayChooseNone() throws Exception {
    Future<WebSocketConnection> opening = open(HttpClient.newHttpClient(), LONG, "b", "a");
    server.accept().upgrade();
    assertThat(opening.get().subprotocol()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 429, 503})
  void anotherStatusIsTold(int status) throws Exception {
    Future<WebSocketConnection> opening = open(HttpClient.newHttpClient(), LONG);
    server.accept().answer(status + " No", "Content-Length: 0", "Retry-After: 7");
    assertThatThrownBy(opening::get)
        .cause()
        .isInstanceOfSatisfying(
            HandshakeRefusedException.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(status);
              assertThat(refused.headers().firstValue("Retry-After")).contains("7");
              assertThat(refused).hasMessageNotContaining("secret");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Any: 1", "WWW-Authenticate: Basic realm=\"x\""})
  void a401IsToldThoughAnAuthenticatorHidesIt(String header) throws Exception {
    HttpClient http =
        HttpClient.newBuilder()
            .authenticator(
                new Authenticator() {
                  @Override
                  protected PasswordAuthentication getPasswordAuthentication() {
                    return null;
                  }
                })
            .build();
    Future<WebSocketConnection> opening = open(http, LONG);
    server.accept().answer("401 No", "Content-Length: 0", header);
    assertThat(refused(opening).status()).isEqualTo(401);
  }

  private static HandshakeRefusedException refused(Future<?> opening) {
    try {
      opening.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof HandshakeRefusedException refused) {
        return refused;
      }
      throw new AssertionError(e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("was not refused");
  }

  @Test
  void aServerThatDoesNotAnswerIsGivenUp() throws Exception {
    Future<WebSocketConnection> opening = open(HttpClient.newHttpClient(), Duration.ofMillis(200));
    server.accept();
    assertThatThrownBy(opening::get)
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessageContaining("timed out")
        .hasMessageNotContaining("secret");
  }

  @Test
  void nobodyThereIsTold() throws Exception {
    server.close();
    assertThatThrownBy(open(HttpClient.newHttpClient(), LONG)::get)
        .cause()
        .isInstanceOf(IOException.class)
        .hasMessageEndingWith(": connection refused");
  }

  @Test
  void aHostThatIsNotKnownIsTold() {
    Handshake handshake =
        new Handshake(URI.create("ws://no-such-host.invalid/x"), Map.of(), List.of(), LONG);
    assertThatThrownBy(
            () -> new WebSocketClient(HttpClient.newHttpClient()).open(handshake, LIMITS))
        .isInstanceOf(IOException.class)
        .hasMessage("no WebSocket could be opened to ws://no-such-host.invalid/x: unknown host");
  }

  @Test
  void whoIsInterruptedLeavesNoConnection() throws Exception {
    Future<WebSocketConnection> opening = open(HttpClient.newHttpClient(), LONG);
    Client client = server.accept();
    opening.cancel(true);
    client.upgrade();
    assertThat(client.isGone()).isTrue();
  }

  @Test
  void aSubprotocolThatWasNotOfferedIsRefused() throws Exception {
    Future<WebSocketConnection> opening = open(HttpClient.newHttpClient(), LONG, "a");
    server.accept().upgrade("Sec-WebSocket-Protocol: c");
    assertThatThrownBy(opening::get).cause().isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://host/", "ws:///path", "ws://user@host/", "ws://host/#x", "host"})
  void aUriThatIsNoneOfAWebSocketIsRefused(String uri) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Handshake(URI.create(uri), Map.of(), List.of(), LONG))
        .withMessageContaining("URI");
  }
}
