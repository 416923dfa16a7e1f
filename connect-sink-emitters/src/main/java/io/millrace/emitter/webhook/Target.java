package io.millrace.emitter.webhook;

import java.net.URI;
import org.apache.hc.core5.http.HttpHost;

/**
 * A URL, taken apart once.
 *
 * @param path with the query
 */
record Target(HttpHost host, String path) {

  static Target of(URI url) {
    return new Target(HttpHost.create(url), path(url));
  }

  private static String path(URI url) {
    String path = url.getRawPath();
    String query = url.getRawQuery();
    return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
  }
}
