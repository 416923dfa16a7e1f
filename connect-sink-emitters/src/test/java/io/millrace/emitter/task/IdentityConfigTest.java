package io.millrace.emitter.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.emitter.identity.EmitterIdentity;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.identity.Credentials.Basic;
import io.millrace.model.identity.Credentials.OAuth2;
import io.millrace.model.identity.Identity;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityConfigTest {

  private static final EmitterKind KIND =
      new EmitterKind(
          EmitterType.CONSOLE,
          ConfigDef::new,
          IdentityConfig.addTo(new ConfigDef()),
          props -> {
            throw new IllegalStateException("not to be opened");
          });

  @TempDir Path folder;

  @Test
  void readsAnIdentityThatIsWrittenOut() throws Exception {
    Map<String, String> props = new HashMap<>();
    props.put("identity.type", "oauth2");
    props.put("identity.token.url", "https://login.test/token");
    props.put("identity.client.id", "client");
    props.put("identity.client.secret", "s3cret");
    props.put("identity.client.authentication", "body");
    props.put("identity.parameters.audience", "x");
    props.put("identity.refresh.ms", "1");
    assertThat(current(props, null))
        .contains(
            new Identity(
                new OAuth2(
                    URI.create("https://login.test/token"),
                    "client",
                    new Password("s3cret"),
                    null,
                    Map.of("audience", new Password("x")),
                    OAuth2.ClientAuthentication.BODY),
                List.of()));
  }

  @Test
  void anotherProviderHoldsIdentitiesToo() throws Exception {
    Path file = folder.resolve("hook.properties");
    Files.writeString(file, "type=basic\nusername=ann\npassword=one\n");
    Map<String, String> props =
        Map.of(
            "identity.provider.class",
            FileConfigProvider.class.getName(),
            "identity.provider.path",
            folder + "/{ref}.properties",
            "identity.provider.param.allowed.paths",
            folder.toString(),
            "identity.refresh.ms",
            "0");
    assertThat(current(props, "hook"))
        .contains(new Identity(new Basic("ann", new Password("one")), List.of()));
    Map<String, String> named = new HashMap<>(props);
    named.put("identity.ref", "hook");
    assertThat(current(named, null)).isEqualTo(current(props, "hook"));
  }

  @Test
  void withoutAnyThereIsNone() throws Exception {
    assertThat(current(Map.of(), null)).isEmpty();
  }

  @Test
  void aProviderThatIsNoneIsNamed() {
    assertThatThrownBy(() -> current(Map.of("identity.provider.class", "java.lang.String"), "hook"))
        .hasMessageEndingWith(
            "the identity hook cannot be read: identity.provider.class is no ConfigProvider here:"
                + " java.lang.String");
  }

  @Test
  void eachProblemIsToldAtItsKey() {
    assertThat(
            problems(
                Map.of(
                    "identity.ref",
                    "a/b",
                    "identity.type",
                    "oauth2",
                    "identity.in",
                    "body",
                    "identity.token.url",
                    "x",
                    "identity.client.id",
                    "c",
                    "identity.parameters.scope",
                    "x",
                    "identity.signing.secrets",
                    "s3cret")))
        .containsOnlyKeys(
            "identity.ref",
            "identity.type",
            "identity.in",
            "identity.token.url",
            "identity.client.secret",
            "identity.signing.secrets")
        .allSatisfy((key, text) -> assertThat(text).doesNotContain("s3cret"))
        .hasEntrySatisfying(
            "identity.type",
            text ->
                assertThat(text)
                    .startsWith("identity.type needs another identity.parameters.scope, which"));
  }

  @Test
  void aNamedAndAWrittenIdentityExcludeEachOther() {
    assertThat(
            problems(
                Map.of("identity.ref", "a", "identity.type", "bearer", "identity.token", "s3cret")))
        .containsOnlyKeys("identity.ref");
  }

  @Test
  void inSharedModeDefinitionsSayIt() {
    assertThat(
            problems(
                Map.of(
                    "emitter.definitions",
                    "topic",
                    "bootstrap.servers",
                    "h:1",
                    "identity.token",
                    "s3cret",
                    "identity.ref",
                    "a")))
        .containsOnlyKeys("identity.ref", "identity.token");
  }

  private static Map<String, String> problems(Map<String, String> props) {
    Config config = new Config(KIND.configDef().validate(props));
    new ConfigCheck(KIND, props, config).run();
    Map<String, String> problems = new HashMap<>();
    config
        .configValues()
        .forEach(
            value -> {
              if (!value.errorMessages().isEmpty()) {
                problems.put(value.name(), String.join("; ", value.errorMessages()));
              }
            });
    return problems;
  }

  private static Optional<Identity> current(Map<String, String> props, String ref)
      throws Exception {
    try (EmitterIdentities identities = EmitterIdentities.open(props, Clock.systemUTC())) {
      EmitterIdentity identity = identities.of(ref);
      return identity.current().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
  }
}
