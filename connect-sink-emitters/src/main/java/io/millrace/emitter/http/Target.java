package io.millrace.emitter.http;

import java.net.URI;
import org.apache.hc.core5.http.HttpHost;

/**
 * A URL, taken apart once.
 *
 * @param path with the query
 */
public record Target(HttpHost host, String path) {

  public static Target of(URI url) {
    return new Target(HttpHost.create(url), path(url));
  }

  private static String path(URI url) {
    String path = url.getRawPath();
    String query = url.getRawQuery();
    return (path == null || path.isEmpty() ? "/" : path) + (query == null ? "" : "?" + query);
  }
}
