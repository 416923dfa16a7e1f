package io.millrace.emitter.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.emitter.Events;
import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.Outcome;
import io.millrace.fixtures.TestCertificate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.http.HttpVersion;
import org.apache.hc.core5.http2.HttpVersionPolicy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS, HTTP/2, proxies, and how long connections live. */
class WebhookConnectionTest {

  @TempDir private static Path folder;
  private static TestCertificate certificate;

  @BeforeAll
  static void makeCertificate() {
    certificate = TestCertificate.forLoopback(folder);
  }

  @Test
  void speaksHttp2OverOneConnectionWithServersThatDo() throws Exception {
    try (SecureHooks hooks = new SecureHooks(certificate, HttpVersionPolicy.NEGOTIATE, false)) {
      // What is sent before the client has taken its first connection back opens others.
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(manyAtOnce(hooks))
                      .extracting(SecureHooks.Got::from)
                      .hasSize(51)
                      .containsOnly(hooks.got().get(hooks.got().size() - 51).from()));
      assertThat(hooks.got()).extracting(SecureHooks.Got::version).containsOnly(HttpVersion.HTTP_2);
      assertThat(hooks.got()).extracting(SecureHooks.Got::body).containsOnly("{\"a\":1}");
    }
  }

  /** What a server gets of an outlet that sends one event, and then many. */
  private static List<SecureHooks.Got> manyAtOnce(SecureHooks hooks) throws Exception {
    int before = hooks.got().size();
    try (Outlets outlet = new Outlets(trusting())) {
      Emitter emitter = outlet.emitter(hooks.url(), null, Map.of());
      assertThat(Outlets.send(emitter)).isEqualTo(Outcome.DELIVERED);
      List<CompletableFuture<Outcome>> sent = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        sent.add(emitter.emit(Events.emissions(Outlets.EVENT)).toCompletableFuture());
      }
      sent.forEach(each -> assertThat(each.join()).isEqualTo(Outcome.DELIVERED));
    }
    return hooks.got().subList(before, hooks.got().size());
  }

  @Test
  void speaksHttp1WithServersThatDoNotKnowMore() throws Exception {
    try (SecureHooks hooks = new SecureHooks(certificate, HttpVersionPolicy.FORCE_HTTP_1, false);
        Outlets outlet = new Outlets(trusting())) {
      assertThat(outlet.send(hooks.url())).isEqualTo(Outcome.DELIVERED);
      assertThat(hooks.got())
          .extracting(SecureHooks.Got::version)
          .containsExactly(HttpVersion.HTTP_1_1);
    }
  }

  @Test
  void doesNotTrustWhomNobodyKnows() throws Exception {
    try (SecureHooks hooks = new SecureHooks(certificate, HttpVersionPolicy.NEGOTIATE, false);
        Outlets outlet = new Outlets(Map.of())) {
      assertThat(outlet.send(hooks.url()))
          .isInstanceOfSatisfying(
              Outcome.Retry.class, retry -> assertThat(retry.cause()).contains("SSLHandshake"));
      assertThat(hooks.got()).isEmpty();
    }
  }

  @Test
  void doesNotTrustACertificateForAnotherHost() throws Exception {
    try (SecureHooks hooks = new SecureHooks(certificate, HttpVersionPolicy.NEGOTIATE, false);
        Outlets outlet = new Outlets(trusting())) {
      assertThat(outlet.send(hooks.url().replace("127.0.0.1", "127.0.0.2")))
          .isInstanceOf(Outcome.Retry.class);
      assertThat(hooks.got()).isEmpty();
    }
  }

  @Test
  void showsItsCertificateToServersThatAskForOne() throws Exception {
    Map<String, String> known = trusting();
    known.put("ssl.keystore.type", "PKCS12");
    known.put("ssl.keystore.location", certificate.keyStore().toString());
    known.put("ssl.keystore.password", certificate.password());
    known.put("ssl.key.password", certificate.password());
    try (SecureHooks hooks = new SecureHooks(certificate, HttpVersionPolicy.NEGOTIATE, true);
        Outlets stranger = new Outlets(trusting());
        Outlets outlet = new Outlets(known)) {
      assertThat(stranger.send(hooks.url())).isInstanceOf(Outcome.Retry.class);
      assertThat(outlet.send(hooks.url())).isEqualTo(Outcome.DELIVERED);
    }
  }

  @Test
  void goesThroughAProxyThatItTellsWhoItIs() throws Exception {
    try (Hooks proxy = new Hooks();
        Outlets outlet =
            new Outlets(
                Map.of(
                    "proxy.url", proxy.url(""),
                    "proxy.username", "me",
                    "proxy.password", "s3cret"))) {
      proxy.answer(
          got -> new Hooks.Said(got.headers().containsKey("Proxy-authorization") ? 204 : 407, ""));
      assertThat(outlet.send("http://nowhere.invalid/hook")).isEqualTo(Outcome.DELIVERED);
      assertThat(proxy.got().get(0).uri()).hasToString("http://nowhere.invalid/hook");
    }
  }

  @Test
  void goesThroughAProxysTunnelToSecureServers() throws Exception {
    try (SecureHooks hooks = new SecureHooks(certificate, HttpVersionPolicy.NEGOTIATE, false);
        Tunnel tunnel = new Tunnel(hooks.port())) {
      Map<String, String> through = trusting();
      through.put("proxy.url", tunnel.url());
      try (Outlets outlet = new Outlets(through)) {
        assertThat(outlet.send("https://localhost:4433/hook")).isEqualTo(Outcome.DELIVERED);
      }
      assertThat(tunnel.asked()).first().asString().startsWith("CONNECT localhost:4433 ");
    }
  }

  @Test
  void aConnectionIsNotUsedBeyondItsLifetime() throws Exception {
    try (SecureHooks hooks = new SecureHooks(certificate, HttpVersionPolicy.NEGOTIATE, false)) {
      Map<String, String> brief = trusting();
      brief.put("connection.lifetime.ms", "1");
      try (Outlets outlet = new Outlets(brief)) {
        await()
            .atMost(Duration.ofSeconds(60))
            .until(
                () -> {
                  assertThat(outlet.send(hooks.url())).isEqualTo(Outcome.DELIVERED);
                  return hooks.got().stream().map(SecureHooks.Got::from).distinct().count() >= 3;
                });
      }
    }
  }

  private static Map<String, String> trusting() {
    Map<String, String> config = new HashMap<>();
    config.put("ssl.truststore.type", "PEM");
    config.put("ssl.truststore.location", certificate.certificate().toString());
    return config;
  }
}
