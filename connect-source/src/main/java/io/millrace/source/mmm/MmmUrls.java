package io.millrace.source.mmm;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Where MMM is, for HTTP and for WebSockets. */
record MmmUrls(URI base, URI graphql, URI socket) {

  private static final Pattern PATH = Pattern.compile("(/[A-Za-z0-9._~-]+)+/?");
  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

  /** Of a base, with or without a slash at its end, and paths below it. */
  MmmUrls(String base, String graphqlPath, String socketPath) {
    this(
        URI.create(plain(base)),
        URI.create(plain(base) + graphqlPath),
        // From http to ws, and from https to wss.
        URI.create("ws" + plain(base).substring("http".length()) + socketPath));
  }

  private static String plain(String base) {
    return base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
  }

  static void validateBase(String key, @Nullable Object value) {
    if (value == null) {
      return;
    }
    try {
      URI uri = new URI(value.toString());
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https"))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return;
      }
    } catch (URISyntaxException e) {
      // Told below, without what may be a password.
    }
    throw new ConfigException(
        key + " must be an http or https URL with a host, without user, query and fragment");
  }

  static void validatePath(String key, @Nullable Object value) {
    if (!PATH.matcher(String.valueOf(value)).matches()) {
      throw new ConfigException(key, value, "must be a path such as /graphql");
    }
  }

  static void validateUuid(String key, @Nullable Object value) {
    if (value != null && !UUID.matcher(value.toString()).matches()) {
      throw new ConfigException(key, value, "must be a UUID");
    }
  }

  static void validateSource(String key, @Nullable Object value) {
    if (value == null) {
      return;
    }
    try {
      URI uri = new URI(value.toString());
      if (!uri.toString().isEmpty()) {
        return;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw new ConfigException(key, value, "must be a URI");
  }
}
