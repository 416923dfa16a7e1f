package io.millrace.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.acronis.AcronisAccess;
import io.millrace.gateway.acronis.AcronisApi;
import io.millrace.gateway.acronis.AcronisSubscription;
import io.millrace.gateway.acronis.EventData;
import io.millrace.gateway.acronis.OwnSubscriptions;
import io.millrace.gateway.acronis.Publishing;
import io.millrace.gateway.acronis.events.EventPolls;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.catalogue.CatalogueFile;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.RequestAuthenticator;
import io.millrace.gateway.ingest.EventLog;
import io.millrace.gateway.publicapi.Route;
import io.millrace.gateway.security.Security;
import io.millrace.gateway.stream.StreamedEvent;
import io.millrace.gateway.subscription.Subscriptions;
import io.millrace.model.acronis.AcronisEvent;
import io.millrace.model.emitter.TenantScope;
import io.millrace.model.subscription.SubscriptionDefinition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Acronis's Event Manager, put together. */
final class AcronisParts implements AutoCloseable {

  private final int pollsPerSecond;
  private final CatalogueFile catalogue;
  private final Subscriptions subscriptions;
  private final AcronisAccess access;
  private final Security security;
  private final EventLog log;
  private final EventData data;

  AcronisParts(
      GatewayConfig config,
      CatalogueFile catalogue,
      Subscriptions subscriptions,
      Security security,
      EventLog log) {
    this.pollsPerSecond = config.acronis().pollsPerSecond();
    this.catalogue = catalogue;
    this.subscriptions = subscriptions;
    this.access = new AcronisAccess(catalogue.tenants());
    this.security = security;
    this.log = log;
    this.data =
        new EventData(catalogue, access, security.rules(), config.clients(), config.topics());
  }

  /**
   * The vendor's API.
   *
   * @param served gets what is served, by method and path
   */
  List<Mount> mounts(RequestAuthenticator requests, List<String> served) {
    Route events =
        new EventPolls(subscriptions, security, pollsPerSecond, this::reads, AcronisParts::event)
            .route();
    AcronisApi api =
        new AcronisApi(catalogue, security.rules(), subscriptions, access, events, requests);
    served.addAll(api.served());
    return List.of(api.mount());
  }

  private boolean reads(Principal caller, SubscriptionDefinition definition) {
    TenantScope tenants = definition.filter().selector().tenants();
    return tenants != null && access.reaches(caller, tenants.tenant());
  }

  private static JsonNode event(
      Exchange exchange, SubscriptionDefinition definition, StreamedEvent event) {
    Instant logged = Instant.ofEpochMilli(event.logged());
    return new AcronisEvent(event.event(), event.id(), logged)
        .json(
            () -> {
              String topic = AcronisSubscription.of("", definition).topicId();
              return EventData.url(exchange, topic, event.id());
            });
  }

  /** What Millrace offers beside the vendor's API. */
  List<Route> publicRoutes() {
    List<Route> routes = new ArrayList<>(new OwnSubscriptions(subscriptions, access).routes());
    routes.add(new Publishing(catalogue, security.rules(), log).route());
    routes.add(data.route());
    return routes;
  }

  @Override
  public void close() {
    data.close();
  }
}
