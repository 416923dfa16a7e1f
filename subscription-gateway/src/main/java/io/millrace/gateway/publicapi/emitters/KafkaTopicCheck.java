package io.millrace.gateway.publicapi.emitters;

import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.publicapi.BlockingWork;
import io.millrace.model.address.EndpointGuard;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.KafkaParameters;
import io.millrace.model.emitter.Problem;
import io.millrace.model.identity.Credentials;
import io.millrace.model.identity.Credentials.SaslPlain;
import io.millrace.model.identity.Identity;
import io.millrace.model.kafka.KafkaCluster;
import io.millrace.model.kafka.TopicCheck;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Refuses Kafka emitters whose topic is not there and will not be created, and users' emitters
 * whose brokers they must not reach. An identity that is not known here is left to the connector.
 */
public final class KafkaTopicCheck implements RegistrationCheck, AutoCloseable {

  private static final int THREADS = 4;
  private static final int WAITING = 256;
  private static final String BROKERS = "parameters.brokers";
  private static final String PRODUCER = "producer.";

  /** Finds what a definition names. */
  @FunctionalInterface
  public interface Usable {

    /** The identity; empty if there is none that the definition's owner may use. */
    CompletionStage<Optional<Identity>> find(EmitterDefinition definition, Principal by);
  }

  private final EndpointGuard guard;
  private final Usable identities;
  private final TopicCheck topics;
  private final BlockingWork work = new BlockingWork("millrace-topic-check", THREADS, WAITING);

  /**
   * Asks nobody yet.
   *
   * @param guard holds for the brokers of users' emitters
   * @param identities as the connector has them; nobody's password is sent to another's brokers
   * @param topics with the settings that the connector's producers have
   */
  public KafkaTopicCheck(EndpointGuard guard, Usable identities, TopicCheck topics) {
    this.guard = guard;
    this.identities = identities;
    this.topics = topics;
  }

  /**
   * By what the Kafka connector is told under {@code producer.} and {@code guard.}, so that both
   * say the same.
   *
   * @throws org.apache.kafka.common.config.ConfigException if the guard cannot be made of it
   */
  public static KafkaTopicCheck asConnector(
      Map<String, String> settings, Usable identities, Duration timeout) {
    Map<String, String> clients = new HashMap<>();
    settings.forEach(
        (key, value) -> {
          if (key.startsWith(PRODUCER)) {
            clients.put(key.substring(PRODUCER.length()), value);
          }
        });
    return new KafkaTopicCheck(
        WebhookAddressCheck.guard(settings, "kafka"), identities, new TopicCheck(clients, timeout));
  }

  @Override
  public CompletionStage<List<Problem>> check(EmitterDefinition definition, Principal by) {
    if (!(definition.parameters() instanceof KafkaParameters kafka)) {
      return CompletableFuture.completedFuture(List.of());
    }
    if (definition.owner() == null || guard.isOpen()) {
      return ask(definition, kafka, by);
    }
    // First of all: also whom only the connector knows must not reach them.
    return work.run(() -> refusal(kafka.brokers()))
        .thenCompose(
            refusal ->
                refusal.isPresent()
                    ? CompletableFuture.completedFuture(
                        List.of(new Problem(BROKERS, refusal.get())))
                    : ask(definition, kafka, by));
  }

  private CompletionStage<List<Problem>> ask(
      EmitterDefinition definition, KafkaParameters kafka, Principal by) {
    if (definition.identityRef() == null) {
      return work.run(() -> ask(kafka, null));
    }
    return identities
        .find(definition, by)
        .thenCompose(
            identity ->
                identity.isEmpty()
                    ? CompletableFuture.completedFuture(List.of())
                    : as(identity.get(), kafka));
  }

  @Override
  public void close() {
    work.close();
  }

  private CompletionStage<List<Problem>> as(Identity identity, KafkaParameters kafka) {
    Credentials credentials = identity.credentials();
    if (!(credentials instanceof SaslPlain login)) {
      return CompletableFuture.completedFuture(
          List.of(new Problem("identityRef", "must name an identity of type saslPlain for Kafka")));
    }
    return work.run(() -> ask(kafka, login));
  }

  private List<Problem> ask(KafkaParameters kafka, @Nullable SaslPlain login)
      throws InterruptedException {
    return topics.problem(new KafkaCluster(kafka.brokers(), login), kafka.topic()).stream()
        .map(problem -> new Problem("parameters." + problem.field(), problem.reason()))
        .toList();
  }

  private Optional<String> refusal(List<String> brokers) {
    Optional<String> refusal = Optional.empty();
    for (String broker : brokers) {
      String host = broker.substring(0, broker.lastIndexOf(':'));
      for (InetAddress address : addresses(host)) {
        refusal = refusal.or(() -> guard.refusal(host, address));
      }
    }
    return refusal.map(each -> WebhookAddressCheck.told(each, "kafka"));
  }

  private static InetAddress[] addresses(String host) {
    try {
      return InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      return new InetAddress[0];
    }
  }
}
