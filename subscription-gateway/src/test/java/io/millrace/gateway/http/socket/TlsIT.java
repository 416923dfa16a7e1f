package io.millrace.gateway.http.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.fixtures.NodeProject;
import io.millrace.gateway.http.ErrorEnvelope;
import io.millrace.gateway.http.ListenException;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.tls.TlsConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, told by clients of others. */
class TlsIT {

  private static final Path FILES = Path.of("src/test/resources/tls");
  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Path certificate;
  private Path key;
  private final Recorder recorder =
      new Recorder() {
        @Override
        public void message(String text, Runnable taken) {
          socket().send("echo " + text);
          super.message(text, taken);
        }
      };
  private final SocketServer server =
      new SocketServer()
          .at("/s", recorder)
          .at(
              new Mount(
                  "test",
                  "/hello",
                  false,
                  Map.of(
                      "GET",
                      e ->
                          CompletableFuture.completedFuture(
                              Reply.html(200, e.base() + " " + e.remoteAddress()))),
                  new ErrorEnvelope()));

  @BeforeEach
  void certificates() throws IOException {
    certificate = folder.resolve("tls.crt");
    key = folder.resolve("tls.key");
    copy("rsa.pem", certificate);
    copy("rsa.key", key);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static void copy(String from, Path to) throws IOException {
    Files.copy(FILES.resolve(from), to, StandardCopyOption.REPLACE_EXISTING);
  }

  private void start(@Nullable Path clients) throws ListenException {
    server.with(new TlsConfig(certificate, key, null, clients, Duration.ofMillis(20))).start();
  }

  private static SSLContext trusting(String file) throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (var in = Files.newInputStream(FILES.resolve(file))) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }

  private static HttpClient client() throws Exception {
    return HttpClient.newBuilder().sslContext(trusting("ca.pem")).build();
  }

  private HttpResponse<String> hello() throws Exception {
    URI uri = URI.create("https://localhost:" + server.port() + "/hello");
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(LONG).build();
    return client().send(request, BodyHandlers.ofString());
  }

  /** Whose certificate a new connection is shown. */
  private String subject() throws Exception {
    var peer = hello().sslSession().orElseThrow().getPeerCertificates()[0];
    return ((X509Certificate) peer).getSubjectX500Principal().getName();
  }

  @Test
  void answersRequests() throws Exception {
    start(null);
    HttpResponse<String> hello = hello();
    assertThat(hello.body()).isEqualTo("https://localhost:" + server.port() + " 127.0.0.1");
    assertThat(hello.sslSession().orElseThrow().getProtocol()).isEqualTo("TLSv1.3");
  }

  @Test
  void speaksNothingOlderThanVersion12() throws Exception {
    start(null);
    assertThat(curl("--tls-max", "1.2")).startsWith("200 ");
    assertThat(curl("--tls-max", "1.1", "--ciphers", "DEFAULT@SECLEVEL=0")).startsWith("000 ");
  }

  @Test
  void isReachedByAnAddressToo() throws Exception {
    start(null);
    String url = "https://127.0.0.1:" + server.port() + "/hello";
    assertThat(run("curl", "-sS", "--cacert", FILES + "/ca.pem", url))
        .startsWith("https://127.0.0");
  }

  @Test
  void letsOnlyKnownClientsIn() throws Exception {
    start(FILES.resolve("ca.pem"));
    assertThat(curl()).startsWith("000 ");
    assertThat(curl("--cert", FILES + "/stranger.pem", "--key", FILES + "/ec.key"))
        .startsWith("000 ");
    assertThat(curl("--cert", FILES + "/ec.pem", "--key", FILES + "/ec.key")).startsWith("200 ");
  }

  /** Status and body of what curl was answered; status 000 if there was no answer. */
  private String curl(String... options) throws Exception {
    List<String> command = new CopyOnWriteArrayList<>();
    command.addAll(List.of("curl", "-s", "-w", "%{http_code} ", "-o", "/dev/null"));
    command.addAll(List.of("--cacert", FILES + "/ca.pem"));
    command.addAll(List.of(options));
    command.add("https://localhost:" + server.port() + "/hello");
    return run(command.toArray(String[]::new));
  }

  private static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return out;
  }

  @Test
  void carriesWebSocketsOfNode() throws Exception {
    start(null);
    NodeProject node = NodeProject.install(Path.of("src/test/node"), Path.of("target/node"));
    String url = "wss://localhost:" + server.port() + "/s";
    String authority = FILES.resolve("ca.pem").toAbsolutePath().toString();
    NodeProject.Result result = node.run(120, "secure.js", List.of(url, authority));
    assertThat(result.output().lines()).containsExactly("echo grüße", "closed 1000");
  }

  @Test
  void takesANewCertificateWhileSocketsStayOpen() throws Exception {
    start(null);
    Heard heard = new Heard();
    WebSocket open =
        client()
            .newWebSocketBuilder()
            .buildAsync(URI.create("wss://localhost:" + server.port() + "/s"), heard)
            .get();
    open.sendText("before", true).get();
    heard.await("echo before");
    assertThat(subject()).isEqualTo("CN=one.millrace.test");

    copy("ec.pem", certificate); // The pair does not belong together yet.
    await().atMost(LONG).until(() -> String.valueOf(server.tlsState()).startsWith("broken"));
    assertThat(subject()).isEqualTo("CN=one.millrace.test");

    copy("ec.key", key);
    await().atMost(LONG).until(() -> "in force".equals(server.tlsState()));
    assertThat(subject()).isEqualTo("CN=two.millrace.test");
    open.sendText("after", true).get();
    heard.await("echo after");
    open.abort();
  }

  @Test
  void keepsWhatItHasWhenAFileIsHalfWrittenOrGone() throws Exception {
    start(null);
    Files.writeString(key, Files.readString(FILES.resolve("rsa.key")).substring(0, 500));
    await().atMost(LONG).until(() -> String.valueOf(server.tlsState()).startsWith("broken"));
    assertThat(subject()).isEqualTo("CN=one.millrace.test");
    Files.delete(key);
    assertThat(subject()).isEqualTo("CN=one.millrace.test");
    copy("rsa.key", key);
    await().atMost(LONG).until(() -> "in force".equals(server.tlsState()));
  }

  @Test
  void doesNotStartWithWhatCannotBeUsed() throws Exception {
    copy("ec.key", key);
    assertThatThrownBy(() -> start(null))
        .isInstanceOf(ListenException.class)
        .hasMessage(
            "cannot speak TLS: http.tls.key.file="
                + key
                + " is not the private key of the first certificate in "
                + certificate);
  }

  private static final class Heard implements WebSocket.Listener {

    private final List<String> messages = new CopyOnWriteArrayList<>();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      messages.add(text.toString());
      socket.request(1);
      return null;
    }

    void await(String text) {
      org.awaitility.Awaitility.await().atMost(LONG).until(() -> messages.contains(text));
    }
  }
}
