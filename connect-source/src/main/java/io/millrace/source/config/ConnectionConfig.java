package io.millrace.source.config;

import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/** The way to the vendor: time limits, a proxy, and TLS by Kafka's own keys. */
public final class ConnectionConfig extends AbstractConfig {

  public static final String CONNECT_TIMEOUT = "connect.timeout.ms";
  public static final String REQUEST_TIMEOUT = "request.timeout.ms";
  public static final String CHECK = "connection.check";
  public static final String CHECK_TIMEOUT = "connection.check.timeout.ms";
  public static final String PROXY_URL = "proxy.url";
  public static final String PROXY_USERNAME = "proxy.username";
  public static final String PROXY_PASSWORD = "proxy.password";

  /** Java's own switch, which keeps Basic from proxies that a tunnel goes through. */
  private static final String TUNNEL_SCHEMES = "jdk.http.auth.tunneling.disabledSchemes";

  private static final String STORES = " JKS, PKCS12 or PEM.";

  private static final ConfigDef CONNECTION =
      new KeyGroup("Connection")
          .optional(
              CONNECT_TIMEOUT,
              ConfigDef.Type.LONG,
              10_000L,
              Range.atLeast(1),
              "Longest time to make a connection, in milliseconds.")
          .optional(
              REQUEST_TIMEOUT,
              ConfigDef.Type.LONG,
              30_000L,
              Range.atLeast(1),
              "Longest time until an answer is there whole, in milliseconds, beyond what the vendor"
                  + " is asked to wait for.")
          .optional(
              CHECK,
              ConfigDef.Type.BOOLEAN,
              true,
              null,
              "Whether the vendor is called when the configuration is checked.")
          .optional(
              CHECK_TIMEOUT,
              ConfigDef.Type.LONG,
              5_000L,
              Range.between(1, 60_000),
              "Longest time for that call, in milliseconds.")
          .optional(
              PROXY_URL,
              STRING,
              null,
              ConfigDef.LambdaValidator.with((key, value) -> proxy(value), () -> ""),
              "Proxy for all connections, such as http://proxy:3128.")
          .optional(PROXY_USERNAME, STRING, null, null, "For the proxy.")
          .optional(PROXY_PASSWORD, PASSWORD, null, null, "For the proxy.")
          .def();

  private static final ConfigDef TLS =
      new KeyGroup("TLS")
          .optional("ssl.truststore.location", STRING, null, null, "Whom to trust: a file.")
          .optional(
              "ssl.truststore.type",
              STRING,
              SslConfigs.DEFAULT_SSL_TRUSTSTORE_TYPE,
              null,
              "Trust store's type:" + STORES)
          .optional("ssl.truststore.password", PASSWORD, null, null, "Of the trust store.")
          .optional(
              "ssl.truststore.certificates",
              PASSWORD,
              null,
              null,
              "Whom to trust: certificates in PEM, with the type PEM.")
          .optional("ssl.keystore.location", STRING, null, null, "Client certificate: a file.")
          .optional(
              "ssl.keystore.type",
              STRING,
              SslConfigs.DEFAULT_SSL_KEYSTORE_TYPE,
              null,
              "Key store's type:" + STORES)
          .optional("ssl.keystore.password", PASSWORD, null, null, "Of the key store.")
          .optional("ssl.key.password", PASSWORD, null, null, "Of the key in the key store.")
          .optional("ssl.keystore.key", PASSWORD, null, null, "Client's key in PEM, type PEM.")
          .optional(
              "ssl.keystore.certificate.chain",
              PASSWORD,
              null,
              null,
              "Client's certificates in PEM, type PEM.")
          .def();

  public static final ConfigDef DEF = both();

  public ConnectionConfig(Map<String, String> props) {
    super(DEF, props, false);
  }

  public Duration connectTimeout() {
    return Duration.ofMillis(getLong(CONNECT_TIMEOUT));
  }

  public Duration requestTimeout() {
    return Duration.ofMillis(getLong(REQUEST_TIMEOUT));
  }

  /** How long the vendor may take to answer a check; null if it is not to be called. */
  public @Nullable Duration checkTimeout() {
    return getBoolean(CHECK) ? Duration.ofMillis(getLong(CHECK_TIMEOUT)) : null;
  }

  /** Not resolved, so that a proxy that moves is found. */
  public @Nullable InetSocketAddress proxy() {
    return proxy(getString(PROXY_URL));
  }

  public @Nullable String proxyUsername() {
    return getString(PROXY_USERNAME);
  }

  public char[] proxyPassword() {
    Password password = getPassword(PROXY_PASSWORD);
    return password == null ? new char[0] : password.value().toCharArray();
  }

  /**
   * With Java's own trust store unless another is given.
   *
   * @throws KafkaException if a store cannot be read
   */
  public SSLContext sslContext() {
    ConfigDef kafkas = new ConfigDef();
    SslConfigs.addClientSslSupport(kafkas);
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(kafkas.parse(originals()));
      return factory.sslContext();
    }
  }

  /** What is wrong beyond single values. */
  public static void check(Map<String, String> props, Problems problems) {
    ConnectionConfig config = new ConnectionConfig(props);
    if (config.proxyUsername() != null) {
      if (config.proxy() == null) {
        problems.add(PROXY_USERNAME, "needs a " + PROXY_URL);
      } else if (keepsBasicFromTunnels()) {
        problems.add(
            PROXY_USERNAME,
            "is of no use, since Java keeps Basic credentials from proxies: start the worker with -D"
                + TUNNEL_SCHEMES
                + "=");
      }
    }
    try {
      SSLContext unused = config.sslContext();
    } catch (KafkaException e) {
      boolean ofKeys = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("keystore");
      problems.add(
          ofKeys && props.containsKey("ssl.keystore.location")
              ? "ssl.keystore.location"
              : firstOf(props, ofKeys ? "ssl.keystore." : "ssl.truststore."),
          "cannot be used: " + e.getMessage());
    }
  }

  private static String firstOf(Map<String, String> props, String prefix) {
    return DEF.names().stream()
        .filter(key -> key.startsWith(prefix) && props.containsKey(key))
        .sorted()
        .findFirst()
        .orElse("ssl.truststore.location");
  }

  private static boolean keepsBasicFromTunnels() {
    String schemes = System.getProperty(TUNNEL_SCHEMES, "Basic");
    return List.of(schemes.split(",", -1)).stream()
        .anyMatch(each -> each.strip().equalsIgnoreCase("Basic"));
  }

  private static @Nullable InetSocketAddress proxy(@Nullable Object url) {
    if (url == null) {
      return null;
    }
    try {
      URI uri = new URI(url.toString());
      if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        int port = uri.getPort() < 0 ? 80 : uri.getPort();
        return InetSocketAddress.createUnresolved(uri.getHost(), port);
      }
    } catch (URISyntaxException e) {
      // Told below, without what may be a password.
    }
    throw new ConfigException(PROXY_URL + " must be an http URL with a host");
  }

  private static ConfigDef both() {
    ConfigDef def = new ConfigDef(CONNECTION);
    TLS.configKeys().values().forEach(def::define);
    return def;
  }
}
