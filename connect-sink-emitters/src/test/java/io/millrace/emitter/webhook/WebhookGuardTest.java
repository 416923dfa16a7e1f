package io.millrace.emitter.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.emitter.lane.Outcome;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users may let the emitters reach. */
class WebhookGuardTest {

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
  void aUsersEmitterDoesNotReachLoopback() {
    try (Outlets outlet = new Outlets(Map.of())) {
      assertThat(outlet.send(hooks.url("/"))).isEqualTo(Outcome.DELIVERED);
      assertThat(outlet.sendOwned(hooks.url("/")))
          .isEqualTo(
              new Outcome.Refused(
                  "the host 127.0.0.1 has an address that is not public, but loopback", null));
      assertThat(outlet.sendOwned(hooks.url("/").replace("127.0.0.1", "localhost")))
          .isInstanceOf(Outcome.Refused.class);
      assertThat(outlet.sendOwned(hooks.url("/").replace("127.0.0.1", "[::ffff:7f00:1]")))
          .isInstanceOf(Outcome.Refused.class);
      assertThat(outlet.sendOwned(hooks.url("/").replace("127.0.0.1", "2130706433")))
          .isInstanceOf(Outcome.Refused.class);
    }
    assertThat(hooks.got()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "guard.allow, 127.0.0.0/8, true",
    "guard.allow, 127.0.0.1, true",
    "guard.allow, 10.0.0.0/8, false",
    "guard.emitters, none, true",
    "guard.emitters, all, false"
  })
  void configurationDecides(String key, String value, boolean reached) {
    try (Outlets outlet = new Outlets(Map.of(key, value))) {
      assertThat(outlet.sendOwned(hooks.url("/")).equals(Outcome.DELIVERED)).isEqualTo(reached);
    }
  }

  @Test
  void allMeansAlsoThoseOfTheSystem() {
    try (Outlets outlet = new Outlets(Map.of("guard.emitters", "all"))) {
      assertThat(outlet.send(hooks.url("/"))).isInstanceOf(Outcome.Refused.class);
    }
  }

  @Test
  void aUsersTokenEndpointIsGuardedToo() {
    Map<String, String> identity = new HashMap<>();
    identity.put("identity.type", "oauth2");
    identity.put("identity.token.url", hooks.url("/token"));
    identity.put("identity.client.id", "me");
    identity.put("identity.client.secret", "secret");
    try (Outlets outlet = new Outlets(identity)) {
      assertThat(outlet.sendOwned("https://1.1.1.1/"))
          .isEqualTo(
              new Outcome.Refused(
                  "the token endpoint: the host 127.0.0.1 has an address that is not public, but"
                      + " loopback",
                  null));
    }
    assertThat(hooks.got()).isEmpty();
  }

  @Test
  void settingsThatAreNoneStopTheTask() {
    assertThatThrownBy(() -> new Outlets(Map.of("guard.allow", "10.0.0.0/99")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("guard.allow");
  }
}
