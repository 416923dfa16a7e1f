package io.millrace.emitter.kafka;

import io.millrace.emitter.task.EmitterIdentities;
import io.millrace.emitter.task.EmitterKind;
import io.millrace.model.emitter.EmitterParameters;
import io.millrace.model.emitter.KafkaParameters;
import io.millrace.model.emitter.Problem;
import io.millrace.model.identity.Credentials;
import io.millrace.model.identity.Credentials.SaslPlain;
import io.millrace.model.identity.Identity;
import io.millrace.model.kafka.KafkaCluster;
import io.millrace.model.kafka.TopicCheck;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SaslConfigs;

/** Whether the topic of an emitter in direct mode is there, and nobody gets another's password. */
final class KafkaCheck implements EmitterKind.Check {

  private static final String BROKERS = "brokers";

  @Override
  public List<Problem> problems(Map<String, String> props, Optional<EmitterParameters> parameters) {
    KafkaConfig config;
    try {
      config = new KafkaConfig(props);
    } catch (ConfigException e) {
      return List.of(new Problem(BROKERS, "cannot be reached so: " + e.getMessage()));
    }
    if (parameters.isEmpty()) {
      return props.containsKey(KafkaConfig.PRODUCER + SaslConfigs.SASL_JAAS_CONFIG)
              && !props.containsKey(BROKERS)
          ? List.of(
              new Problem(
                  BROKERS,
                  "of every emitter would get the password in "
                      + (KafkaConfig.PRODUCER + SaslConfigs.SASL_JAAS_CONFIG)
                      + ": give each emitter an identity"))
          : List.of();
    }
    if (config.checkTimeout().isZero()) {
      return List.of();
    }
    try (EmitterIdentities identities = EmitterIdentities.open(props, Clock.systemUTC())) {
      Optional<Identity> identity =
          identities
              .of(null)
              .current()
              .toCompletableFuture()
              .get(config.checkTimeout().toMillis(), TimeUnit.MILLISECONDS);
      return problems(config, (KafkaParameters) parameters.get(), identity);
    } catch (ExecutionException | TimeoutException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return List.of(new Problem("identity.ref", "cannot be used: " + cause.getMessage()));
    } catch (ConfigException e) {
      // Told already, at the identity's own keys.
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(new Problem(BROKERS, "could not be asked: interrupted"));
    }
  }

  private static List<Problem> problems(
      KafkaConfig config, KafkaParameters parameters, Optional<Identity> identity)
      throws InterruptedException {
    Credentials credentials = identity.map(Identity::credentials).orElse(null);
    if (credentials != null && !(credentials instanceof SaslPlain)) {
      return List.of(new Problem("identity.type", "must be saslPlain for Kafka"));
    }
    KafkaCluster cluster = new KafkaCluster(parameters.brokers(), (SaslPlain) credentials);
    return new TopicCheck(config.clientSettings(), config.checkTimeout())
        .problem(cluster, parameters.topic()).stream().toList();
  }
}
