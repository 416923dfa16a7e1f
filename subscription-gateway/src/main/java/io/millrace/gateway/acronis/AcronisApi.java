package io.millrace.gateway.acronis;

import io.millrace.filter.audience.RulesInForce;
import io.millrace.gateway.catalogue.Catalogue;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.RequestAuthenticator;
import io.millrace.gateway.publicapi.RestApi;
import io.millrace.gateway.publicapi.Route;
import io.millrace.gateway.subscription.Subscriptions;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All of {@code /api/event_manager/v1}. Source: Acronis, Event Manager. */
public final class AcronisApi {

  /** What all paths begin with. */
  public static final String ROOT = "/api/event_manager/v1";

  private final RestApi api;
  private final List<String> served;

  /**
   * All of the API.
   *
   * @param rules which topics somebody is told of
   * @param events how events are polled
   */
  public AcronisApi(
      Supplier<Catalogue> catalogue,
      RulesInForce rules,
      Subscriptions subscriptions,
      AcronisAccess access,
      Route events,
      RequestAuthenticator authenticator) {
    ToldTopics topics = new ToldTopics(catalogue, rules);
    List<Route> routes =
        new ArrayList<>(new TopicRoutes(catalogue, topics, subscriptions.positions()).routes());
    routes.addAll(new SubscriptionRoutes(topics, subscriptions, access).routes());
    routes.add(events);
    served = routes.stream().map(route -> route.method() + " " + ROOT + route.path()).toList();
    api = new RestApi("acronis", ROOT, new AcronisErrors(), routes, authenticator, null);
  }

  /** What is served, by method and path. */
  public List<String> served() {
    return served;
  }

  public Mount mount() {
    return api.mount();
  }
}
