package io.millrace.gateway;

import io.millrace.gateway.acronis.AcronisAccess;
import io.millrace.gateway.acronis.AcronisApi;
import io.millrace.gateway.acronis.EventData;
import io.millrace.gateway.acronis.OwnSubscriptions;
import io.millrace.gateway.acronis.Publishing;
import io.millrace.gateway.catalogue.CatalogueFile;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.RequestAuthenticator;
import io.millrace.gateway.ingest.EventLog;
import io.millrace.gateway.publicapi.Route;
import io.millrace.gateway.subscription.Subscriptions;
import java.util.ArrayList;
import java.util.List;

/** Acronis's Event Manager, put together. */
final class AcronisParts implements AutoCloseable {

  private final CatalogueFile catalogue;
  private final Subscriptions subscriptions;
  private final AcronisAccess access;
  private final EventLog log;
  private final EventData data;

  AcronisParts(
      GatewayConfig config, CatalogueFile catalogue, Subscriptions subscriptions, EventLog log) {
    this.catalogue = catalogue;
    this.subscriptions = subscriptions;
    this.access = new AcronisAccess(catalogue.tenants());
    this.log = log;
    this.data = new EventData(catalogue, access, config.clients(), config.topics());
  }

  /**
   * The vendor's API.
   *
   * @param served gets what it serves, by method and path
   */
  Mount mount(RequestAuthenticator requests, List<String> served) {
    AcronisApi api = new AcronisApi(catalogue, subscriptions, access, List.of(), requests);
    served.addAll(api.served());
    return api.mount();
  }

  /** What Millrace offers beside the vendor's API. */
  List<Route> publicRoutes() {
    List<Route> routes = new ArrayList<>(new OwnSubscriptions(subscriptions, access).routes());
    routes.add(new Publishing(catalogue, log).route());
    routes.add(data.route());
    return routes;
  }

  @Override
  public void close() {
    data.close();
  }
}
