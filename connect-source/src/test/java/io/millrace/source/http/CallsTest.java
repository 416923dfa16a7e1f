package io.millrace.source.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.millrace.fixtures.TestCertificate;
import io.millrace.model.identity.Credentials;
import io.millrace.model.identity.Credentials.OAuth2;
import io.millrace.model.identity.Credentials.OAuth2.ClientAuthentication;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallsTest {

  private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");

  private final List<String> seen = new CopyOnWriteArrayList<>();
  private HttpServer http;
  private int tokens;
  private Instant now = NOW;

  @BeforeEach
  void begin() throws Exception {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.start();
    serve(
        "/token",
        exchange -> {
          tokens++;
          seen.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          send(exchange, 200, "{\"access_token\":\"t%d\",\"expires_in\":100}".formatted(tokens));
        });
  }

  @AfterEach
  void end() {
    http.stop(0);
  }

  @Test
  void aTokenIsKeptUntilAWhileBeforeItExpires() throws Exception {
    serve("/", exchange -> send(exchange, 200, authorization(exchange)));
    Calls calls = calls(oauth2(), Map.of());
    assertThat(get(calls)).isEqualTo("Bearer t1");
    now = NOW.plusSeconds(79);
    assertThat(get(calls)).isEqualTo("Bearer t1");
    now = NOW.plusSeconds(80);
    assertThat(get(calls)).isEqualTo("Bearer t2");
    assertThat(seen.get(0)).isEqualTo("grant_type=client_credentials&scope=read+all&audience=em");
  }

  @Test
  void aRefusedTokenIsFetchedAgainOnce() throws Exception {
    serve(
        "/",
        exchange -> {
          seen.add(authorization(exchange));
          send(exchange, 401, "");
        });
    Calls calls = calls(oauth2(), Map.of());
    assertThat(calls.send(request()).statusCode()).isEqualTo(401);
    assertThat(seen)
        .filteredOn(each -> each.startsWith("Bearer"))
        .containsExactly("Bearer t1", "Bearer t2");
  }

  @Test
  void aProxyGetsTheRequestAndItsOwnCredentials() throws Exception {
    serve(
        "/",
        exchange -> {
          String proof = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
          if (proof == null) {
            exchange.getResponseHeaders().set("Proxy-Authenticate", "Basic realm=\"p\"");
            send(exchange, 407, "");
          } else {
            send(exchange, 200, exchange.getRequestURI() + " " + proof);
          }
        });
    Calls calls =
        calls(
            null, Map.of("proxy.url", base(), "proxy.username", "me", "proxy.password", "secret"));
    HttpRequest.Builder elsewhere = HttpRequest.newBuilder(URI.create("http://vendor.invalid/x"));
    assertThat(new String(calls.send(elsewhere).body(), UTF_8))
        .isEqualTo("http://vendor.invalid/x Basic bWU6c2VjcmV0");
  }

  @Test
  void aBodyThatNeverEndsIsNotWaitedFor() throws Exception {
    serve(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write(new byte[10]);
          exchange.getResponseBody().flush();
        });
    Calls calls = calls(null, Map.of("request.timeout.ms", "300"));
    assertThatThrownBy(() -> calls.send(request()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no whole answer in 300 ms");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PEM", "PKCS12"})
  void trustsWhomItIsToldToTrust(String type, @TempDir Path folder) throws Exception {
    TestCertificate certificate = TestCertificate.forLoopback(folder);
    KeyStore keys = KeyStore.getInstance(certificate.keyStore().toFile(), password(certificate));
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(keys, password(certificate));
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(factory.getKeyManagers(), null, null);
    HttpsServer https =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    https.setHttpsConfigurator(new HttpsConfigurator(tls));
    https.createContext("/", exchange -> send(exchange, 200, "hello"));
    https.start();
    try {
      URI url = URI.create("https://127.0.0.1:" + https.getAddress().getPort() + "/");
      Map<String, String> trust = new HashMap<>(Map.of("ssl.truststore.type", type));
      if (type.equals("PEM")) {
        trust.put("ssl.truststore.certificates", Files.readString(certificate.certificate()));
      } else {
        trust.put("ssl.truststore.location", certificate.keyStore().toString());
        trust.put("ssl.truststore.password", certificate.password());
      }
      HttpRequest.Builder request = HttpRequest.newBuilder(url);
      assertThat(calls(null, trust).send(request).body()).asString(UTF_8).isEqualTo("hello");
      assertThatThrownBy(() -> calls(null, Map.of()).send(request))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("certification path");
    } finally {
      https.stop(0);
    }
  }

  private static char[] password(TestCertificate certificate) {
    return certificate.password().toCharArray();
  }

  @Test
  void readsHowLongToWait() {
    RetryAfter pause = new RetryAfter(Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofMinutes(5));
    assertThat(pause.read("3")).isEqualTo(Duration.ofSeconds(3));
    assertThat(pause.read("Sat, 31 Jan 2026 10:01:00 GMT")).isEqualTo(Duration.ofMinutes(1));
    assertThat(pause.read("99999999999")).isEqualTo(Duration.ofMinutes(5));
    assertThat(pause.read("soon")).isNull();
    assertThat(pause.read(null)).isNull();
  }

  @Test
  void aTokenEndpointThatRefusesNeedsAPerson() {
    http.removeContext("/token");
    serve("/token", exchange -> send(exchange, 400, "{\"error\":\"invalid_scope\"}"));
    assertThatThrownBy(() -> calls(oauth2(), Map.of()).send(request()))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("400 (invalid_scope)");
    http.removeContext("/token");
    serve("/token", exchange -> send(exchange, 503, ""));
    assertThatThrownBy(() -> calls(oauth2(), Map.of()).send(request()))
        .isInstanceOf(LaterException.class);
  }

  private void serve(String path, HttpHandler handler) {
    http.createContext(path, handler);
  }

  private Calls calls(Credentials credentials, Map<String, String> props) {
    Clock clock =
        new Clock() {
          @Override
          public java.time.ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(java.time.ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            return now;
          }
        };
    return Calls.of(new HashMap<>(props), credentials, clock);
  }

  private OAuth2 oauth2() {
    return new OAuth2(
        URI.create(base() + "/token"),
        "id",
        new Password("secret"),
        "read all",
        Map.of("audience", new Password("em")),
        ClientAuthentication.BASIC);
  }

  private String base() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(URI.create(base() + "/x"));
  }

  private String get(Calls calls) throws Exception {
    HttpResponse<byte[]> answer = calls.send(request());
    assertThat(answer.statusCode()).isEqualTo(200);
    return new String(answer.body(), UTF_8);
  }

  private static String authorization(HttpExchange exchange) {
    return exchange.getRequestHeaders().getFirst("Authorization");
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      byte[] body = text.getBytes(UTF_8);
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
