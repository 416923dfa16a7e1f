package io.millrace.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.gateway.audit.AuditDownloads;
import io.millrace.gateway.des.DesSockets;
import io.millrace.gateway.des.EventPublishing;
import io.millrace.gateway.docevents.DocEvents;
import io.millrace.gateway.graphiql.GraphiQl;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.socket.SocketMount;
import io.millrace.gateway.identities.IdentityAdministration;
import io.millrace.gateway.ingest.cloudevents.CloudEventsIngest;
import io.millrace.gateway.ingest.foundry.FoundryIngest;
import io.millrace.gateway.ingest.foundry.ServerEventPublisher;
import io.millrace.gateway.mmm.MmmApi;
import io.millrace.gateway.openapi.ApiDescription;
import io.millrace.gateway.publicapi.PublicApi;
import io.millrace.gateway.publicapi.Route;
import io.millrace.gateway.publicapi.emitters.RegistrationCheck;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** All APIs of the gateway: what is served where. */
final class Apis {

  private final GatewayConfig config;
  private final MeterRegistry registry;
  private final Foundation base;
  private final Parts parts;
  private final List<Mount> mounts = new ArrayList<>();
  private final List<SocketMount> sockets = new ArrayList<>();
  private final List<Route> publicRoutes = new ArrayList<>();
  private final List<String> served = new ArrayList<>();

  /**
   * Puts them together.
   *
   * @param parts gets what has to be closed, also if this fails
   * @throws GatewayStartException with one sentence for a person
   * @throws InterruptedException if interrupted while the broker works
   */
  Apis(GatewayConfig config, MeterRegistry registry, Foundation base, Parts parts)
      throws GatewayStartException, InterruptedException {
    this.config = config;
    this.registry = registry;
    this.base = base;
    this.parts = parts;
    addCloudEvents();
    addFoundry();
    addMmm();
    addDes();
    addAudit();
    addAdministration();
    addAcronis();
    addDescriptions();
    mounts.add(new PublicApi(publicRoutes, base.requests, Apis::newId).mount());
    if (config.graphiQl().enabled()) {
      mounts.add(new GraphiQl().mount());
    }
  }

  private void addCloudEvents() {
    CloudEventsIngest ingest =
        new CloudEventsIngest(
            base.requests, base.streams, base.security.rules(), base.log, config.ingest());
    mounts.add(ingest.mount());
    publicRoutes.add(new EventPublishing(ingest).route());
  }

  private void addFoundry() throws GatewayStartException, InterruptedException {
    ServerEventPublisher publisher =
        new ServerEventPublisher(
            base.streams,
            base.security.rules(),
            base.log,
            config.ingest(),
            Clock.systemUTC(),
            Apis::newId);
    mounts.addAll(new FoundryIngest(base.requests, publisher).mounts());
    if (config.foundrySockets().enabled()) {
      FoundryParts foundry =
          new FoundryParts(
              config,
              base.admin,
              base.requests,
              publisher,
              base.live(),
              base.security.rules(),
              topic -> base.catalogue.get().clientOnly(topic),
              registry);
      sockets.addAll(parts.add(foundry).mounts());
    }
  }

  private void addMmm() {
    MmmApi mmm =
        new MmmApi(
            base.subscriptions,
            base.security,
            config.mmm(),
            config.graphQl(),
            config.graphQlSockets(),
            base.requests,
            Apis::newId);
    mounts.add(parts.add(mmm).mount());
    sockets.add(mmm.socketMount());
  }

  private void addDes() {
    DesSockets des =
        new DesSockets(
            config.des(),
            base.live(),
            base.requests,
            base.streams,
            config.ingest(),
            base.log,
            Apis::newId);
    sockets.add(parts.add(des).mount());
  }

  private void addAudit() {
    AuditDownloads audit =
        new AuditDownloads(
            config.audit(),
            config.clients(),
            config.topics(),
            base.admin,
            base.security.rules(),
            base.control.definitions()::get);
    publicRoutes.add(parts.add(audit).route());
  }

  private void addAdministration() throws GatewayStartException, InterruptedException {
    IdentityAdministration identities = identities();
    publicRoutes.addAll(identities.routes());
    Administration administration =
        Administration.open(
            config,
            base.admin,
            base.control.definitions(),
            base.catalogue,
            base.security.rules(),
            List.of(identities.check(), announced()),
            identities::usable);
    publicRoutes.addAll(parts.add(administration).routes());
  }

  private IdentityAdministration identities() throws GatewayStartException {
    try {
      return parts.add(
          IdentityAdministration.open(
              config.identities(), System.getenv(), base.control.definitions()));
    } catch (IOException e) {
      throw new GatewayStartException("The gateway cannot use identities: " + e.getMessage(), e);
    }
  }

  /** Routers know what an owner may see before they know his emitter. */
  private RegistrationCheck announced() {
    return (definition, by) ->
        definition.owner() == null
            ? CompletableFuture.completedFuture(List.of())
            : base.security.announce(definition.owner());
  }

  private void addAcronis() {
    AcronisParts acronis =
        parts.add(
            new AcronisParts(config, base.catalogue, base.subscriptions, base.security, base.log));
    publicRoutes.addAll(acronis.publicRoutes());
    mounts.addAll(acronis.mounts(base.requests, served));
  }

  private void addDescriptions() {
    DocEvents events =
        new DocEvents(
            base.catalogue,
            base.security.rules(),
            sockets.stream().map(SocketMount::path).toList());
    publicRoutes.add(events.route());
    mounts.add(events.mount(base.requests));
    served.add("GET " + DocEvents.ASYNC_API);
    ApiDescription description = new ApiDescription();
    publicRoutes.add(description.route());
    mounts.addAll(description.mounts());
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  List<Mount> mounts() {
    return mounts;
  }

  List<SocketMount> sockets() {
    return sockets;
  }

  /** What is served by REST, by method and path. */
  List<String> served() {
    List<String> all = new ArrayList<>(served);
    publicRoutes.forEach(route -> all.add(route.method() + " /publicapi" + route.path()));
    return all;
  }
}
