package io.millrace.emitter.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OAuth 2.0 client credentials of a Webhook emitter. */
class TokensTest {

  private final AtomicInteger issued = new AtomicInteger();
  private Hooks hooks;
  private volatile int expiresIn = 3600;
  private volatile String accepted = "";

  @BeforeEach
  void start() throws Exception {
    hooks = new Hooks();
    hooks.answer(got -> got.uri().getPath().equals("/token") ? token() : hook(got));
  }

  @AfterEach
  void stop() {
    hooks.close();
  }

  @Test
  void fetchesOneTokenForAll() {
    try (Outlets outlet = new Outlets(identity(Map.of()))) {
      Emitter emitter = outlet.emitter(hooks.url("/hook"), null, Map.of());
      List<CompletableFuture<Outcome>> sent = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        sent.add(CompletableFuture.supplyAsync(() -> Outlets.send(emitter)));
      }
      sent.forEach(each -> assertThat(each.join()).isEqualTo(Outcome.DELIVERED));
      assertThat(outlet.send(hooks.url("/other"))).isEqualTo(Outcome.DELIVERED);
    }
    assertThat(hooks.got("/token")).hasSize(1);
    assertThat(hooks.got("/hook")).hasSize(20);
    assertThat(hooks.got("/other").get(0).header("Authorization")).isEqualTo("Bearer token-1");
  }

  @Test
  void asksAsTheStandardSaysAndWithExtraParameters() {
    try (Outlets outlet =
        new Outlets(
            identity(
                Map.of(
                    "identity.scope", "a b",
                    "identity.parameters.audience", "https://api.example/")))) {
      outlet.send(hooks.url("/hook"));
    }
    Hooks.Got request = hooks.got("/token").get(0);
    assertThat(request.header("Content-Type")).isEqualTo("application/x-www-form-urlencoded");
    assertThat(request.header("Authorization"))
        .isEqualTo(
            "Basic " + Base64.getEncoder().encodeToString("me%3A:s3cret%26".getBytes(UTF_8)));
    assertThat(request.body().split("&"))
        .containsExactlyInAnyOrder(
            "grant_type=client_credentials", "scope=a+b", "audience=https%3A%2F%2Fapi.example%2F");
  }

  @Test
  void sendsIdAndSecretInTheFormIfToldTo() {
    try (Outlets outlet = new Outlets(identity(Map.of("identity.client.authentication", "body")))) {
      outlet.send(hooks.url("/hook"));
    }
    assertThat(hooks.got("/token").get(0).body())
        .contains("client_id=me%3A")
        .contains("client_secret=s3cret%26");
    assertThat(hooks.got("/token").get(0).headers()).doesNotContainKey("Authorization");
  }

  @Test
  void replacesATokenOnceThatIsNotTaken() {
    accepted = "Bearer token-2";
    try (Outlets outlet = new Outlets(identity(Map.of()))) {
      assertThat(outlet.send(hooks.url("/hook"))).isEqualTo(Outcome.DELIVERED);
      assertThat(hooks.got("/token")).hasSize(2);

      accepted = "none";
      assertThat(outlet.send(hooks.url("/hook"))).isEqualTo(new Outcome.Refused("HTTP 401", 401));
      assertThat(hooks.got("/token")).hasSize(3);
    }
  }

  @Test
  void replacesATokenAheadOfItsTimeWithoutWaitingForIt() {
    expiresIn = 2;
    try (Outlets outlet = new Outlets(identity(Map.of()))) {
      Emitter emitter = outlet.emitter(hooks.url("/hook"), null, Map.of());
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                assertThat(Outlets.send(emitter)).isEqualTo(Outcome.DELIVERED);
                return hooks.got("/token").size() >= 3;
              });
    }
    assertThat(hooks.got("/hook"))
        .extracting(got -> got.header("Authorization"))
        .contains("Bearer token-2");
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalid_client, false, the token endpoint: HTTP 400 (invalid_client)",
    "401, invalid_client, false, the token endpoint: HTTP 401 (invalid_client)",
    "400, <b>s3cret, false, the token endpoint: HTTP 400",
    "503, '', true, the token endpoint: HTTP 503",
    "429, '', true, the token endpoint: HTTP 429",
    "302, '', false, the token endpoint: HTTP 302",
  })
  void saysWhyThereIsNoToken(int status, String error, boolean again, String cause) {
    hooks.answer(got -> new Hooks.Said(status, "{\"error\":\"" + error + "\"}"));
    try (Outlets outlet = new Outlets(identity(Map.of()))) {
      assertThat(outlet.send(hooks.url("/hook")))
          .isEqualTo(
              again ? new Outcome.Retry(cause, status, null) : new Outcome.Refused(cause, status));
    }
    assertThat(hooks.got("/hook")).isEmpty();
  }

  @Test
  void takesNothingForATokenThatIsNone() {
    hooks.answer(got -> new Hooks.Said(200, "{\"access_token\":\"a b\"}"));
    try (Outlets outlet = new Outlets(identity(Map.of()))) {
      assertThat(outlet.send(hooks.url("/hook")))
          .isEqualTo(Outcome.retry("the token endpoint sent no bearer token"));
    }
  }

  private Hooks.Said token() {
    return new Hooks.Said(
        200,
        "{\"access_token\":\"token-%d\",\"token_type\":\"bearer\",\"expires_in\":%d}"
            .formatted(issued.incrementAndGet(), expiresIn));
  }

  private Hooks.Said hook(Hooks.Got got) {
    boolean taken = accepted.isEmpty() || got.header("Authorization").equals(accepted);
    return new Hooks.Said(taken ? 204 : 401, "");
  }

  private Map<String, String> identity(Map<String, String> more) {
    Map<String, String> identity = new HashMap<>(more);
    identity.put("identity.type", "oauth2");
    identity.put("identity.token.url", hooks.url("/token"));
    identity.put("identity.client.id", "me:");
    identity.put("identity.client.secret", "s3cret&");
    return identity;
  }
}
