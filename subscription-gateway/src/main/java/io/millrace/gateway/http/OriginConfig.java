package io.millrace.gateway.http;

import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.handler.CrossOriginHandler;
import org.jspecify.annotations.Nullable;

/**
 * Which pages browsers may let use the gateway. A browser sends the credentials that it keeps for
 * this host with whatever any page makes it do, and lets any page open a WebSocket.
 *
 * @param others origins, beside the gateway's own, whose pages are as good as its own
 */
public record OriginConfig(Set<String> others) {

  /** Own pages only. */
  public static final OriginConfig OWN = new OriginConfig(Set.of());

  private static final String GROUP = "HTTP";
  private static final String ORIGINS = "http.origins";

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
  private static final Set<String> REQUEST_HEADERS =
      Set.of(
          "Accept",
          "Authorization",
          "Content-Type",
          "If-Match",
          "If-None-Match",
          "Prefer",
          "X-Kony-Authorization",
          "X-VoltMX-Authorization",
          "ce-dataschema",
          "ce-id",
          "ce-partitionkey",
          "ce-source",
          "ce-specversion",
          "ce-subject",
          "ce-time",
          "ce-topicpath",
          "ce-type",
          "traceparent");
  private static final Set<String> RESPONSE_HEADERS =
      Set.of("Content-Disposition", "ETag", "Location", "Retry-After", Mount.TRACKING);

  public OriginConfig {
    others =
        others.stream()
            .map(origin -> origin.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  /** Adds the key. */
  static ConfigDef define(ConfigDef def) {
    return def.define(
        ORIGINS,
        ConfigDef.Type.LIST,
        List.of(),
        Importance.MEDIUM,
        "Origins, such as https://console.example, whose pages may use the gateway as its own may."
            + " Browsers then let them read answers (CORS), and WebSockets of all other pages are"
            + " refused. Credentials that a browser adds by itself are never believed from others.",
        GROUP,
        9,
        Width.LONG,
        ORIGINS);
  }

  /**
   * Reads the key.
   *
   * @throws ConfigException naming what is no origin
   */
  static OriginConfig from(AbstractConfig config) {
    Set<String> others = new LinkedHashSet<>();
    for (String origin : config.getList(ORIGINS)) {
      if (!isOrigin(origin)) {
        String rule = "is no scheme and host, perhaps with a port, such as https://console.example";
        throw new ConfigException(ORIGINS, origin, rule);
      }
      others.add(origin);
    }
    return new OriginConfig(others);
  }

  private static boolean isOrigin(String text) {
    try {
      URI uri = URI.create(text);
      return uri.getHost() != null
          && text.equalsIgnoreCase(uri.getScheme() + "://" + uri.getAuthority())
          && uri.getUserInfo() == null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /**
   * Whether a request comes from a program, which names no origin, from a page of the gateway's
   * own, or from one that is as good.
   *
   * @param origin the header {@code Origin}: scheme and authority of the page
   * @param authority host and port that the client asked for
   */
  public boolean trusts(@Nullable String origin, @Nullable String authority) {
    return origin == null
        || (authority != null && authority.equalsIgnoreCase(authority(origin)))
        || others.contains(origin.toLowerCase(Locale.ROOT));
  }

  /** Whether pages of nobody else are let in at all; else only their credentials are of no use. */
  public boolean refusesOthers() {
    return !others.isEmpty();
  }

  private static @Nullable String authority(String origin) {
    try {
      return URI.create(origin).getAuthority();
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Tells browsers which pages may read what the gateway answers, if there are any but its own. */
  Handler inFrontOf(Handler handler) {
    if (others.isEmpty()) {
      return handler;
    }
    CrossOriginHandler cors = new CrossOriginHandler();
    cors.setAllowedOriginPatterns(
        others.stream().map(Pattern::quote).map(each -> "(?i)" + each).collect(Collectors.toSet()));
    cors.setAllowCredentials(true);
    cors.setAllowedMethods(METHODS);
    cors.setAllowedHeaders(REQUEST_HEADERS);
    cors.setExposedHeaders(RESPONSE_HEADERS);
    // Whether a WebSocket is refused is told in the words of its dialect.
    cors.setDeliverNonAllowedOriginWebSocketUpgradeRequests(true);
    cors.setHandler(handler);
    return cors;
  }
}
