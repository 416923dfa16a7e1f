package io.millrace.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.filter.Tenants;
import io.millrace.filter.audience.RulesInForce;
import io.millrace.gateway.audit.AuditDownloads;
import io.millrace.gateway.auth.AccountsException;
import io.millrace.gateway.auth.AddressBook;
import io.millrace.gateway.auth.CredentialCheck;
import io.millrace.gateway.auth.RoleBook;
import io.millrace.gateway.catalogue.CatalogueException;
import io.millrace.gateway.catalogue.CatalogueFile;
import io.millrace.gateway.control.Control;
import io.millrace.gateway.control.DefinitionStore;
import io.millrace.gateway.des.DesSockets;
import io.millrace.gateway.des.EventPublishing;
import io.millrace.gateway.docevents.DocEvents;
import io.millrace.gateway.graphiql.GraphiQl;
import io.millrace.gateway.http.HttpServer;
import io.millrace.gateway.http.ListenException;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.RequestAuthenticator;
import io.millrace.gateway.http.RequestMetrics;
import io.millrace.gateway.http.socket.SocketMount;
import io.millrace.gateway.http.socket.Sockets;
import io.millrace.gateway.identities.IdentityAdministration;
import io.millrace.gateway.ingest.EventLog;
import io.millrace.gateway.ingest.IngestConfig;
import io.millrace.gateway.ingest.LogProducer;
import io.millrace.gateway.ingest.StreamTable;
import io.millrace.gateway.ingest.cloudevents.CloudEventsIngest;
import io.millrace.gateway.ingest.foundry.FoundryIngest;
import io.millrace.gateway.ingest.foundry.ServerEventPublisher;
import io.millrace.gateway.live.LiveSessions;
import io.millrace.gateway.mail.Mails;
import io.millrace.gateway.mail.SmtpConfig;
import io.millrace.gateway.mmm.MmmApi;
import io.millrace.gateway.openapi.ApiDescription;
import io.millrace.gateway.publicapi.PublicApi;
import io.millrace.gateway.publicapi.Route;
import io.millrace.gateway.publicapi.emitters.RegistrationCheck;
import io.millrace.gateway.security.Security;
import io.millrace.gateway.stream.Heads;
import io.millrace.gateway.subscription.Subscriptions;
import io.millrace.management.Health;
import io.millrace.model.emitter.EmitterDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running gateway. */
public final class Gateway implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Gateway.class);
  private static final Duration WATCH = Duration.ofSeconds(5);

  private final GatewayConfig config;
  private final MeterRegistry registry;
  // Closed in the order in which they lie here: the newest first.
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final List<String> served = new ArrayList<>();
  private @Nullable HttpServer server;
  private @Nullable BrokerWatch broker;
  private @Nullable Control control;
  private @Nullable Administration administration;
  private @Nullable Mails mails;
  private @Nullable CatalogueFile catalogue;
  private @Nullable Subscriptions subscriptions;
  private volatile @Nullable LiveSessions live;

  private Gateway(GatewayConfig config, MeterRegistry registry) {
    this.config = config;
    this.registry = registry;
  }

  /**
   * Returns when requests are served: users are read, the streams' topics exist, the port is open.
   *
   * @throws GatewayStartException with one sentence for a person
   * @throws InterruptedException if interrupted while the broker works
   */
  public static Gateway start(GatewayConfig config, MeterRegistry registry)
      throws GatewayStartException, InterruptedException {
    Gateway gateway = new Gateway(config, registry);
    try {
      gateway.open();
      return gateway;
    } catch (GatewayStartException | InterruptedException | RuntimeException e) {
      gateway.close();
      throw e;
    }
  }

  private void open() throws GatewayStartException, InterruptedException {
    refuseDefaultsOutside();
    CredentialCheck authenticator = authenticator();
    StreamTable streams = streams();
    Admin admin = admin();
    Security security = security(admin, authenticator);
    catalogue = catalogue(admin, streams, security);
    parts.push(catalogue);
    IngestConfig ingest = config.ingest();
    EventLog log =
        LogProducer.open(
            config.clients(), config.topics(), ingest, config.http().maxBodyBytes(), registry);
    parts.push(log);
    broker = BrokerWatch.start(admin, WATCH);
    parts.push(broker);
    control = Control.start(config.control(), config.clients(), config.topics(), registry);
    parts.push(control);
    startMails(authenticator, control.definitions());
    security.follow(owners(control.definitions()));
    Heads heads = new Heads(config.clients(), config.topics());
    parts.push(heads);
    subscriptions = subscriptions(catalogue.tenants(), security.rules(), heads);
    parts.push(subscriptions);
    LiveSessions sessions = live(catalogue, security.rules(), heads);
    live = sessions;
    parts.push(sessions);
    RequestAuthenticator requests =
        new RequestAuthenticator(security.watching(authenticator), registry);
    List<Mount> mounts = new ArrayList<>();
    CloudEventsIngest cloudEvents =
        new CloudEventsIngest(requests, streams, security.rules(), log, ingest);
    mounts.add(cloudEvents.mount());
    ServerEventPublisher serverEvents =
        new ServerEventPublisher(
            streams,
            security.rules(),
            log,
            ingest,
            Clock.systemUTC(),
            () -> UUID.randomUUID().toString());
    mounts.addAll(new FoundryIngest(requests, serverEvents).mounts());
    CatalogueFile marks = catalogue;
    List<SocketMount> socketMounts = new ArrayList<>();
    if (config.foundrySockets().enabled()) {
      FoundryParts foundry =
          new FoundryParts(
              config,
              admin,
              requests,
              serverEvents,
              sessions,
              security.rules(),
              topic -> marks.get().clientOnly(topic),
              registry);
      parts.push(foundry);
      socketMounts.addAll(foundry.mounts());
    }
    MmmApi mmm =
        new MmmApi(
            subscriptions,
            security,
            config.mmm(),
            config.graphQl(),
            config.graphQlSockets(),
            requests,
            () -> UUID.randomUUID().toString());
    parts.push(mmm);
    mounts.add(mmm.mount());
    DesSockets des =
        new DesSockets(
            config.des(),
            sessions,
            requests,
            streams,
            ingest,
            log,
            () -> UUID.randomUUID().toString());
    parts.push(des);
    List<Route> publicRoutes = new ArrayList<>();
    publicRoutes.add(new EventPublishing(cloudEvents).route());
    IdentityAdministration identities = identities(control);
    publicRoutes.addAll(identities.routes());
    AuditDownloads audit =
        new AuditDownloads(
            config.audit(),
            config.clients(),
            config.topics(),
            admin,
            security.rules(),
            control.definitions()::get);
    parts.push(audit);
    publicRoutes.add(audit.route());
    administration =
        Administration.open(
            config,
            admin,
            control.definitions(),
            catalogue,
            security.rules(),
            List.of(identities.check(), announced(security)),
            identities::usable);
    parts.push(administration);
    publicRoutes.addAll(administration.routes());
    AcronisParts acronis = new AcronisParts(config, catalogue, subscriptions, security, log);
    parts.push(acronis);
    publicRoutes.addAll(acronis.publicRoutes());
    mounts.addAll(acronis.mounts(requests, served));
    socketMounts.add(mmm.socketMount());
    socketMounts.add(des.mount());
    DocEvents events =
        new DocEvents(
            catalogue, security.rules(), socketMounts.stream().map(SocketMount::path).toList());
    publicRoutes.add(events.route());
    mounts.add(events.mount(requests));
    served.add("GET " + DocEvents.ASYNC_API);
    ApiDescription description = new ApiDescription();
    publicRoutes.add(description.route());
    publicRoutes.forEach(route -> served.add(route.method() + " /publicapi" + route.path()));
    mounts.addAll(description.mounts());
    mounts.add(new PublicApi(publicRoutes, requests, () -> UUID.randomUUID().toString()).mount());
    RequestMetrics metrics = new RequestMetrics(registry);
    Sockets sockets = new Sockets(config.sockets(), config.http(), socketMounts, metrics, registry);
    mounts.addAll(sockets.plain());
    if (config.graphiQl().enabled()) {
      mounts.add(new GraphiQl().mount());
    }
    try {
      server = HttpServer.start(config.http(), mounts, sockets, metrics);
      parts.push(server);
      // Closed first, lest the server wait for polls that wait.
      parts.push(subscriptions::stopPolls);
    } catch (ListenException e) {
      throw new GatewayStartException("The gateway " + e.getMessage(), e);
    }
  }

  private void startMails(AddressBook addresses, DefinitionStore definitions) {
    SmtpConfig smtp = config.mail().smtp();
    if (smtp != null) {
      mails =
          Mails.start(
              config.mail(),
              smtp,
              config.clients(),
              config.topics(),
              definitions,
              addresses,
              registry);
      parts.push(mails);
    }
  }

  private IdentityAdministration identities(Control running) throws GatewayStartException {
    try {
      IdentityAdministration identities =
          IdentityAdministration.open(config.identities(), System.getenv(), running.definitions());
      parts.push(identities);
      return identities;
    } catch (IOException e) {
      throw new GatewayStartException("The gateway cannot use identities: " + e.getMessage(), e);
    }
  }

  private void refuseDefaultsOutside() throws GatewayStartException {
    String bind = config.http().bind();
    try {
      if (config.auth().defaultCredentials() && !InetAddress.getByName(bind).isLoopbackAddress()) {
        throw new GatewayStartException(
            "The gateway does not listen on "
                + bind
                + " while everybody knows its password: set auth.users.file or auth.jwt.jwks.url,"
                + " or http.bind=127.0.0.1");
      }
    } catch (UnknownHostException e) {
      throw new GatewayStartException("http.bind is no address of this machine: " + bind, e);
    }
  }

  private CredentialCheck authenticator() throws GatewayStartException {
    try {
      CredentialCheck check = CredentialCheck.start(config.auth());
      parts.push(check);
      return check;
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
      Admin admin = Admin.create(settings);
      parts.push(admin);
      StreamTopics.ensure(admin, config.topics(), config.ingest());
      return admin;
    } catch (KafkaException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new GatewayStartException(
          "The gateway cannot use Kafka at " + config.brokers() + ": " + cause.getMessage(), e);
    }
  }

  private Security security(Admin admin, RoleBook book)
      throws GatewayStartException, InterruptedException {
    try {
      Security security =
          Security.open(config.security(), config.clients(), config.topics(), admin, book);
      parts.push(security);
      return security;
    } catch (KafkaException e) {
      throw new GatewayStartException(
          "The gateway cannot tell in Kafka who may see what: " + e.getMessage(), e);
    }
  }

  private static Supplier<Set<String>> owners(DefinitionStore definitions) {
    return () ->
        definitions.all().stream()
            .map(EmitterDefinition::owner)
            .filter(Objects::nonNull)
            .collect(Collectors.toSet());
  }

  /** Routers know what an owner may see before they know his emitter. */
  private static RegistrationCheck announced(Security security) {
    return (definition, by) ->
        definition.owner() == null
            ? CompletableFuture.completedFuture(List.of())
            : security.announce(definition.owner());
  }

  private CatalogueFile catalogue(Admin admin, StreamTable streams, Security security)
      throws GatewayStartException, InterruptedException {
    try {
      return CatalogueFile.follow(
          config.catalogue(),
          new CatalogueRules(
              security,
              new CatalogueStreams(
                  admin, config.topics(), config.ingest().claims(), streams, this::follow)));
    } catch (CatalogueException e) {
      throw new GatewayStartException("The gateway cannot use the " + e.getMessage(), e);
    }
  }

  private Subscriptions subscriptions(Tenants tenants, RulesInForce rules, Heads heads)
      throws GatewayStartException, InterruptedException {
    try {
      return Subscriptions.start(
          config.subscriptions(), config.clients(), config.topics(), tenants, rules, heads);
    } catch (KafkaException e) {
      throw new GatewayStartException(
          "The gateway cannot keep subscriptions in Kafka: " + e.getMessage(), e);
    }
  }

  /** Lets sessions follow streams that a catalogue adds at run time. */
  private void follow(Set<String> streams) {
    LiveSessions sessions = live;
    if (sessions != null) {
      sessions.follow(streams);
    }
  }

  private LiveSessions live(CatalogueFile catalogue, RulesInForce rules, Heads heads) {
    LiveSessions sessions =
        LiveSessions.start(config.live(), heads, catalogue.tenants(), rules, registry);
    sessions.follow(config.ingest().claims().keySet());
    sessions.follow(catalogue.get().claims().keySet());
    return sessions;
  }

  /** The port that requests are served on. */
  public int port() {
    return server == null ? -1 : server.port();
  }

  /** What is served by REST, by method and path. */
  List<String> served() {
    return List.copyOf(served);
  }

  /** How the gateway is; known at once. */
  public Health health() {
    boolean serving = server != null && server.running();
    boolean there = broker != null && broker.there();
    Map<String, String> states = new LinkedHashMap<>();
    states.put("http", serving ? "serving" : "stopped");
    if (server != null && server.tlsState() != null) {
      states.put("tls", server.tlsState());
    }
    states.put("kafka", there ? "there" : "does not answer");
    if (catalogue != null) {
      states.put("catalogue", catalogue.state());
    }
    if (mails != null) {
      states.put("mail", mails.state());
    }
    Health own = new Health(serving && there, states);
    Health controlled = control == null ? own : own.and(control.health());
    return subscriptions == null ? controlled : controlled.and(subscriptions.health());
  }

  /** Takes no more requests, answers those in flight, and lets go of everything. */
  @Override
  public void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (Exception e) {
        LOG.warn("A part of the gateway did not stop cleanly", e);
      }
    }
  }
}
