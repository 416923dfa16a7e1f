package io.millrace.gateway.publicapi;

import io.millrace.gateway.http.ErrorEnvelope;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.RequestAuthenticator;
import java.util.List;
import java.util.function.Supplier;

/**
 * All of {@code /publicapi}. Each response bears {@code request-tracking-identifier}; errors, also
 * those of no route, have the envelope.
 */
public final class PublicApi {

  /** What all paths begin with. */
  public static final String ROOT = "/publicapi";

  private static final String DIALECT = "publicapi";

  private final RestApi api;

  /**
   * Over the routes of all features.
   *
   * @param ids new tracking identifiers, each unlike all others
   */
  public PublicApi(List<Route> routes, RequestAuthenticator authenticator, Supplier<String> ids) {
    this.api = new RestApi(DIALECT, ROOT, new ErrorEnvelope(), routes, authenticator, ids);
  }

  public Mount mount() {
    return api.mount();
  }
}
