package io.millrace.emitter.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.emitter.Events;
import io.millrace.emitter.http.Post;
import io.millrace.emitter.lane.Outcome;
import io.millrace.model.identity.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who an emitter is to its endpoint. */
class WebhookIdentityTest {

  private static final String WHSEC = "whsec_AQgPFh0kKzI5QEdOVVxjanF4f4aNlJui";

  private Hooks hooks;

  @BeforeEach
  void start() throws Exception {
    hooks = new Hooks();
  }

  @AfterEach
  void stop() {
    hooks.close();
  }

  @Test
  void sendsUserAndPassword() {
    send(Map.of("identity.type", "basic", "identity.username", "jö", "identity.password", "p:w"));
    assertThat(hooks.got().get(0).header("Authorization")).isEqualTo("Basic asO2OnA6dw==");
  }

  @Test
  void sendsABearerToken() {
    send(Map.of("identity.type", "bearer", "identity.token", "t0ken"));
    assertThat(hooks.got().get(0).header("Authorization")).isEqualTo("Bearer t0ken");
  }

  @Test
  void sendsAKeyInAHeaderAndNoOtherOfThatName() {
    try (Outlets outlet =
        new Outlets(
            Map.of(
                "identity.type", "apiKey", "identity.name", "X-Key", "identity.value", "s3cret"))) {
      assertThat(outlet.send(hooks.url("/hook"), Map.of("headers", Map.of("x-key", "other"))))
          .isEqualTo(Outcome.DELIVERED);
    }
    assertThat(hooks.got().get(0).headers().get("X-Key")).containsExactly("s3cret");
  }

  @Test
  void sendsAKeyInTheQuery() {
    Map<String, String> identity =
        Map.of(
            "identity.type", "apiKey",
            "identity.in", "query",
            "identity.name", "api key",
            "identity.value", "a&b=c +ü");
    try (Outlets outlet = new Outlets(identity)) {
      assertThat(outlet.send(hooks.url("/hook?a=1"))).isEqualTo(Outcome.DELIVERED);
      assertThat(outlet.send(hooks.url("/hook"))).isEqualTo(Outcome.DELIVERED);
    }
    assertThat(hooks.got())
        .extracting(got -> got.uri().getRawQuery())
        .containsExactly("a=1&api%20key=a%26b%3Dc%20%2B%C3%BC", "api%20key=a%26b%3Dc%20%2B%C3%BC");
  }

  @Test
  void noCauseTellsAKeyInTheQuery() {
    hooks.close();
    Map<String, String> identity =
        Map.of(
            "identity.type", "apiKey",
            "identity.in", "query",
            "identity.name", "key",
            "identity.value", "s3cret");
    try (Outlets outlet = new Outlets(identity)) {
      assertThat(outlet.send(hooks.url("/hook")).toString()).doesNotContain("s3cret");
    }
  }

  @Test
  void refusesAnIdentityThatHttpDoesNotKnow() {
    try (Outlets outlet =
        new Outlets(
            Map.of(
                "identity.type",
                "saslPlain",
                "identity.username",
                "u",
                "identity.password",
                "p"))) {
      assertThat(outlet.send(hooks.url("/hook"))).isInstanceOf(Outcome.Refused.class);
    }
    assertThat(hooks.got()).isEmpty();
  }

  @Test
  void signsEachRequestWithAnIdThatStaysTheSame() {
    hooks.answer(got -> new Hooks.Said(503, ""));
    long before = Instant.now().getEpochSecond();
    try (Outlets outlet = new Outlets(Map.of("identity.signing.secrets", WHSEC))) {
      outlet.send(hooks.url("/hook"));
      outlet.send(hooks.url("/hook"));
    }
    List<String> ids = hooks.got().stream().map(got -> got.header("webhook-id")).toList();
    assertThat(ids)
        .containsOnly(Events.emissions(Outlets.EVENT).get(0).idempotencyKey())
        .hasSize(2);
    Hooks.Got got = hooks.got().get(0);
    long seconds = Long.parseLong(got.header("webhook-timestamp"));
    assertThat(seconds).isBetween(before, Instant.now().getEpochSecond());
    Signer receiver = new Signer(List.of(SigningSecret.of(WHSEC).orElseThrow()));
    assertThat(got.header("webhook-signature"))
        .isEqualTo(
            receiver.signature(
                ids.get(0), seconds, new Post.Body(got.body().getBytes(StandardCharsets.UTF_8))));
  }

  @Test
  void sendsItsIdAlsoUnsigned() {
    send(Map.of());
    assertThat(hooks.got().get(0).header("webhook-id")).hasSize(24);
    assertThat(hooks.got().get(0).headers()).doesNotContainKey("Webhook-signature");
  }

  private void send(Map<String, String> identity) {
    try (Outlets outlet = new Outlets(identity)) {
      assertThat(outlet.send(hooks.url("/hook"))).isEqualTo(Outcome.DELIVERED);
    }
  }
}
