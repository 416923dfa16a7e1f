package io.millrace.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.gateway.auth.AccountsException;
import io.millrace.gateway.auth.CredentialCheck;
import io.millrace.gateway.auth.RoleBook;
import io.millrace.gateway.catalogue.CatalogueException;
import io.millrace.gateway.catalogue.CatalogueFile;
import io.millrace.gateway.control.Control;
import io.millrace.gateway.control.DefinitionStore;
import io.millrace.gateway.http.RequestAuthenticator;
import io.millrace.gateway.ingest.EventLog;
import io.millrace.gateway.ingest.LogProducer;
import io.millrace.gateway.ingest.StreamTable;
import io.millrace.gateway.live.LiveSessions;
import io.millrace.gateway.mail.Mails;
import io.millrace.gateway.mail.SmtpConfig;
import io.millrace.gateway.security.Security;
import io.millrace.gateway.stream.Heads;
import io.millrace.gateway.subscription.Subscriptions;
import io.millrace.management.Health;
import io.millrace.model.emitter.EmitterDefinition;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** What all that the gateway serves stands on: who asks, what he may see, and what is in Kafka. */
final class Foundation {

  private static final Duration WATCH = Duration.ofSeconds(5);

  final StreamTable streams;
  final Admin admin;
  final Security security;
  final CatalogueFile catalogue;
  final EventLog log;
  final Control control;
  final Subscriptions subscriptions;
  final RequestAuthenticator requests;
  private final GatewayConfig config;
  private final Parts parts;
  private final BrokerWatch broker;
  private final @Nullable Mails mails;
  private volatile @Nullable LiveSessions live;

  /**
   * Reads users, creates the streams' topics, and begins to follow what is in Kafka.
   *
   * @param parts gets what has to be closed, also if this fails
   * @throws GatewayStartException with one sentence for a person
   * @throws InterruptedException if interrupted while the broker works
   */
  Foundation(GatewayConfig config, MeterRegistry registry, Parts parts)
      throws GatewayStartException, InterruptedException {
    this.config = config;
    this.parts = parts;
    CredentialCheck credentials = credentials();
    streams = streams();
    admin = admin();
    security = security(credentials);
    catalogue = catalogue();
    log =
        parts.add(
            LogProducer.open(
                config.clients(),
                config.topics(),
                config.ingest(),
                config.http().maxBodyBytes(),
                registry));
    broker = parts.add(BrokerWatch.start(admin, WATCH));
    control =
        parts.add(Control.start(config.control(), config.clients(), config.topics(), registry));
    mails = mails(credentials, registry);
    security.follow(owners(control.definitions()));
    Heads heads = parts.add(new Heads(config.clients(), config.topics()));
    subscriptions = subscriptions(heads);
    live = live(heads, registry);
    requests = new RequestAuthenticator(security.watching(credentials), registry);
  }

  private CredentialCheck credentials() throws GatewayStartException {
    try {
      return parts.add(CredentialCheck.start(config.auth()));
    } catch (AccountsException e) {
      throw new GatewayStartException("The gateway cannot use the " + e.getMessage(), e);
    }
  }

  private StreamTable streams() throws GatewayStartException {
    try {
      return new StreamTable(config.ingest().claims());
    } catch (IllegalArgumentException e) {
      throw new GatewayStartException("stream.*.topics do not go together: " + e.getMessage(), e);
    }
  }

  private Admin admin() throws GatewayStartException, InterruptedException {
    Map<String, Object> settings = config.clients();
    settings.put(AdminClientConfig.CLIENT_ID_CONFIG, "millrace-gateway");
    settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, config.startTimeoutMillis());
    try {
      Admin opened = parts.add(Admin.create(settings));
      StreamTopics.ensure(opened, config.topics(), config.ingest());
      return opened;
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new GatewayStartException(
          "The gateway cannot use Kafka at " + config.brokers() + ": " + cause.getMessage(), e);
    }
  }

  private Security security(RoleBook book) throws GatewayStartException, InterruptedException {
    try {
      return parts.add(
          Security.open(config.security(), config.clients(), config.topics(), admin, book));
    } catch (KafkaException e) {
      throw new GatewayStartException(
          "The gateway cannot tell in Kafka who may see what: " + e.getMessage(), e);
    }
  }

  private CatalogueFile catalogue() throws GatewayStartException, InterruptedException {
    try {
      CatalogueStreams claimed =
          new CatalogueStreams(
              admin, config.topics(), config.ingest().claims(), streams, this::follow);
      return parts.add(
          CatalogueFile.follow(config.catalogue(), new CatalogueRules(security, claimed)));
    } catch (CatalogueException e) {
      throw new GatewayStartException("The gateway cannot use the " + e.getMessage(), e);
    }
  }

  private @Nullable Mails mails(CredentialCheck addresses, MeterRegistry registry) {
    SmtpConfig smtp = config.mail().smtp();
    return smtp == null
        ? null
        : parts.add(
            Mails.start(
                config.mail(),
                smtp,
                config.clients(),
                config.topics(),
                control.definitions(),
                addresses,
                registry));
  }

  private static Supplier<Set<String>> owners(DefinitionStore definitions) {
    return () ->
        definitions.all().stream()
            .map(EmitterDefinition::owner)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
  }

  private Subscriptions subscriptions(Heads heads)
      throws GatewayStartException, InterruptedException {
    try {
      return parts.add(
          Subscriptions.start(
              config.subscriptions(),
              config.clients(),
              config.topics(),
              catalogue.tenants(),
              security.rules(),
              heads));
    } catch (KafkaException e) {
      throw new GatewayStartException(
          "The gateway cannot keep subscriptions in Kafka: " + e.getMessage(), e);
    }
  }

  private LiveSessions live(Heads heads, MeterRegistry registry) {
    LiveSessions sessions =
        parts.add(
            LiveSessions.start(
                config.live(), heads, catalogue.tenants(), security.rules(), registry));
    sessions.follow(config.ingest().claims().keySet());
    sessions.follow(catalogue.get().claims().keySet());
    return sessions;
  }

  /** Lets sessions follow streams that a catalogue adds at run time. */
  private void follow(Set<String> added) {
    LiveSessions sessions = live;
    if (sessions != null) {
      sessions.follow(added);
    }
  }

  LiveSessions live() {
    return Objects.requireNonNull(live);
  }

  /** How that is which requests need; known at once. */
  Health health(boolean serving, Map<String, String> states) {
    Map<String, String> all = new LinkedHashMap<>(states);
    boolean there = broker.there();
    all.put("kafka", there ? "there" : "does not answer");
    all.put("catalogue", catalogue.state());
    if (mails != null) {
      all.put("mail", mails.state());
    }
    return new Health(serving && there, all).and(control.health()).and(subscriptions.health());
  }
}
