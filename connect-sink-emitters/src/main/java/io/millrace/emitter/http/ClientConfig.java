package io.millrace.emitter.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;
import org.apache.hc.core5.http.HttpHost;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;
import org.jspecify.annotations.Nullable;

/** Connections: how long they live, the proxy they go through, and TLS by Kafka's own keys. */
public final class ClientConfig extends AbstractConfig {

  static final String LIFETIME = "connection.lifetime.ms";
  static final String IDLE = "connection.idle.ms";
  static final String PROXY_URL = "proxy.url";
  static final String PROXY_USERNAME = "proxy.username";
  static final String PROXY_PASSWORD = "proxy.password";

  private static final String CONNECTIONS = "Connections";
  private static final String TLS = "TLS";
  private static final String STORES = " JKS, PKCS12 or PEM.";

  private static final ConfigDef DEF = addTo(new ConfigDef());

  public ClientConfig(Map<String, String> props) {
    super(DEF, props, false);
  }

  public static ConfigDef addTo(ConfigDef def) {
    def.define(
            LIFETIME,
            ConfigDef.Type.LONG,
            300_000L,
            Range.atLeast(1),
            Importance.LOW,
            "How long a connection is used at most, in milliseconds: after that an endpoint that has"
                + " moved to other addresses is found there.",
            CONNECTIONS,
            1,
            Width.SHORT,
            "Lifetime")
        .define(
            IDLE,
            ConfigDef.Type.LONG,
            60_000L,
            Range.atLeast(1),
            Importance.LOW,
            "How long a connection that nobody uses is kept, in milliseconds.",
            CONNECTIONS,
            2,
            Width.SHORT,
            "Idle time")
        .define(
            PROXY_URL,
            ConfigDef.Type.STRING,
            null,
            ConfigDef.LambdaValidator.with((key, value) -> proxy(value), () -> ""),
            Importance.MEDIUM,
            "Proxy for all requests, such as http://proxy:3128. It looks up the names of endpoints"
                + " itself: what the guard has checked is not pinned then, and the proxy must keep"
                + " users' emitters out of the network behind it.",
            CONNECTIONS,
            3,
            Width.MEDIUM,
            "Proxy")
        .define(
            PROXY_USERNAME,
            ConfigDef.Type.STRING,
            null,
            Importance.LOW,
            "For the proxy.",
            CONNECTIONS,
            4,
            Width.MEDIUM,
            "Proxy user")
        .define(
            PROXY_PASSWORD,
            ConfigDef.Type.PASSWORD,
            null,
            Importance.LOW,
            "For the proxy.",
            CONNECTIONS,
            5,
            Width.MEDIUM,
            "Proxy password");
    Stores stores = new Stores(def);
    stores.add(
        SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, ConfigDef.Type.STRING, "Whom to trust: a file.");
    stores.add(
        SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
        ConfigDef.Type.STRING,
        "Trust store's type:" + STORES);
    stores.add(
        SslConfigs.SSL_TRUSTSTORE_PASSWORD_CONFIG, ConfigDef.Type.PASSWORD, "Of the trust store.");
    stores.add(
        SslConfigs.SSL_TRUSTSTORE_CERTIFICATES_CONFIG,
        ConfigDef.Type.PASSWORD,
        "Whom to trust: certificates in PEM, with the type PEM.");
    stores.add(
        SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG,
        ConfigDef.Type.STRING,
        "Client certificate: a file.");
    stores.add(
        SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, ConfigDef.Type.STRING, "Key store's type:" + STORES);
    stores.add(
        SslConfigs.SSL_KEYSTORE_PASSWORD_CONFIG, ConfigDef.Type.PASSWORD, "Of the key store.");
    stores.add(
        SslConfigs.SSL_KEY_PASSWORD_CONFIG,
        ConfigDef.Type.PASSWORD,
        "Of the key in the key store.");
    stores.add(
        SslConfigs.SSL_KEYSTORE_KEY_CONFIG,
        ConfigDef.Type.PASSWORD,
        "Client's key in PEM, type PEM.");
    stores.add(
        SslConfigs.SSL_KEYSTORE_CERTIFICATE_CHAIN_CONFIG,
        ConfigDef.Type.PASSWORD,
        "Client's certificates in PEM, type PEM.");
    return def;
  }

  public Duration lifetime() {
    return Duration.ofMillis(getLong(LIFETIME));
  }

  public Duration idle() {
    return Duration.ofMillis(getLong(IDLE));
  }

  public @Nullable HttpHost proxy() {
    return proxy(getString(PROXY_URL));
  }

  private static @Nullable HttpHost proxy(@Nullable Object url) {
    if (url == null) {
      return null;
    }
    try {
      URI uri = new URI(url.toString());
      if ("http".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null) {
        return HttpHost.create(uri);
      }
    } catch (URISyntaxException e) {
      // Told below, without what may be a password.
    }
    throw new ConfigException(PROXY_URL + " must be an http URL with a host");
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
   * @throws org.apache.kafka.common.KafkaException if a store cannot be read
   */
  public SSLContext sslContext() {
    ConfigDef kafkas = new ConfigDef();
    SslConfigs.addClientSslSupport(kafkas);
    try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
      factory.configure(kafkas.parse(originals()));
      return factory.sslContext();
    }
  }

  /** Defines the keys of key store and trust store. */
  private static final class Stores {
    private final ConfigDef def;
    private int order = 1;

    Stores(ConfigDef def) {
      this.def = def;
    }

    void add(String key, ConfigDef.Type type, String doc) {
      Object fallback = key.endsWith("store.type") ? SslConfigs.DEFAULT_SSL_KEYSTORE_TYPE : null;
      String name = key.substring("ssl.".length()).replace('.', ' ');
      def.define(
          key, type, fallback, Importance.LOW, doc, TLS, order++, Width.MEDIUM, "TLS: " + name);
    }
  }
}
