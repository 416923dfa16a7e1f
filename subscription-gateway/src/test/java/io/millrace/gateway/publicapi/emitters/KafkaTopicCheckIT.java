package io.millrace.gateway.publicapi.emitters;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.fixtures.SecureKafka;
import io.millrace.gateway.auth.Principal;
import io.millrace.model.address.EndpointGuard;
import io.millrace.model.emitter.Activation;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.emitter.EventOverrides;
import io.millrace.model.emitter.KafkaParameters;
import io.millrace.model.emitter.PayloadMode;
import io.millrace.model.emitter.Problem;
import io.millrace.model.identity.Credentials;
import io.millrace.model.identity.Identity;
import io.millrace.model.kafka.TopicCheck;
import io.millrace.model.kafka.TopicProvisioner;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaTopicCheckIT {

  private static final Map<String, Identity> IDENTITIES =
      Map.of(
          "login",
          new Identity(
              new Credentials.SaslPlain(SecureKafka.OWNER, new Password(SecureKafka.PASSWORD)),
              List.of()),
          "web",
          new Identity(new Credentials.Bearer(new Password("x")), List.of()));

  @TempDir private static Path folder;
  private static SecureKafka kafka;

  @BeforeAll
  static void start() throws Exception {
    kafka = SecureKafka.start(folder);
    try (Admin admin = kafka.admin()) {
      new TopicProvisioner(admin).ensure(List.of(TopicProvisioner.log("there", 1)));
    }
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  @Test
  void asksTheBrokersAsTheIdentity() throws Exception {
    assertThat(problems(EndpointGuard.OPEN, "there", "login")).isEmpty();
    assertThat(problems(EndpointGuard.OPEN, "missing", "login"))
        .containsExactly(
            "parameters.topic missing does not exist there, and the brokers create none: create it"
                + " first");
  }

  @Test
  void anIdentityForHttpIsRefusedAndAnUnknownOneLeftToTheConnector() throws Exception {
    assertThat(problems(EndpointGuard.OPEN, "there", "web"))
        .containsExactly("identityRef must name an identity of type saslPlain for Kafka");
    assertThat(problems(EndpointGuard.OPEN, "missing", "unknown")).isEmpty();
  }

  @Test
  void withoutAnIdentityTheBrokersDoNotAnswer() throws Exception {
    assertThat(problems(EndpointGuard.OPEN, "there", null))
        .containsExactly("parameters.brokers do not answer within 3000 ms");
  }

  @Test
  void brokersOfUsersAreGuarded() throws Exception {
    EndpointGuard strict = EndpointGuard.of(EndpointGuard.Settings.STRICT);
    for (String ref : new String[] {"login", "unknown", null}) {
      assertThat(problems(strict, "there", ref))
          .as(ref)
          .singleElement()
          .asString()
          .startsWith("parameters.brokers has an address that is not public");
    }
  }

  private static List<String> problems(EndpointGuard guard, String topic, @Nullable String ref)
      throws Exception {
    KafkaParameters parameters =
        new KafkaParameters(
            List.of(kafka.bootstrapServers()),
            topic,
            PayloadMode.BINARY,
            null,
            false,
            EventOverrides.NONE);
    EmitterDefinition definition =
        new EmitterDefinition(
            "e", EventFilter.EVERYTHING, "ann", ref, Activation.INITIAL, parameters);
    TopicCheck topics = new TopicCheck(kafka.trust(), Duration.ofSeconds(3));
    try (KafkaTopicCheck check = new KafkaTopicCheck(guard, KafkaTopicCheckIT::find, topics)) {
      return check
          .check(definition, new Principal("ann", Set.of(), null, null))
          .toCompletableFuture()
          .get(60, TimeUnit.SECONDS)
          .stream()
          .map(Problem::toString)
          .toList();
    }
  }

  private static CompletionStage<Optional<Identity>> find(
      EmitterDefinition definition, Principal by) {
    return CompletableFuture.completedStage(
        Optional.ofNullable(IDENTITIES.get(String.valueOf(definition.identityRef()))));
  }
}
