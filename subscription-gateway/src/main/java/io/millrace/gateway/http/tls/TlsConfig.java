package io.millrace.gateway.http.tls;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway's certificate and key are.
 *
 * @param certificate the chain in PEM, the gateway's own first; or all of it in PKCS #12
 * @param key in PEM; absent if it is in the certificate's file
 * @param password of the key or of the PKCS #12 file, if it has one
 * @param clientAuthorities in PEM: clients must show a certificate by one of them; absent if they
 *     need not
 * @param refresh between two looks at the files
 */
public record TlsConfig(
    Path certificate,
    @Nullable Path key,
    @Nullable Password password,
    @Nullable Path clientAuthorities,
    Duration refresh) {

  static final String CERTIFICATE = "http.tls.certificate.file";
  static final String KEY = "http.tls.key.file";
  static final String PASSWORD = "http.tls.key.password";
  static final String CLIENTS = "http.tls.client.ca.file";
  private static final String REFRESH = "http.tls.refresh.ms";

  private static final String GROUP = "TLS";

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    return def.define(
            CERTIFICATE,
            ConfigDef.Type.STRING,
            "",
            Importance.HIGH,
            "The gateway's certificate: PEM with the chain, its own first, or PKCS #12. With it the"
                + " gateway speaks TLS 1.2 and 1.3, and nothing else, on its port.",
            GROUP,
            1,
            Width.LONG,
            CERTIFICATE)
        .define(
            KEY,
            ConfigDef.Type.STRING,
            "",
            Importance.HIGH,
            "The private key in PEM, RSA or EC; without it, it is in " + CERTIFICATE + ".",
            GROUP,
            2,
            Width.LONG,
            KEY)
        .define(
            PASSWORD,
            ConfigDef.Type.PASSWORD,
            null,
            Importance.MEDIUM,
            "Password of the private key, or of the PKCS #12 file.",
            GROUP,
            3,
            Width.MEDIUM,
            PASSWORD)
        .define(
            CLIENTS,
            ConfigDef.Type.STRING,
            "",
            Importance.LOW,
            "PEM with certificates of authorities: who cannot show a certificate by one of them is"
                + " not let in. It is no substitute for credentials.",
            GROUP,
            4,
            Width.LONG,
            CLIENTS)
        .define(
            REFRESH,
            ConfigDef.Type.INT,
            10_000,
            Range.between(10, 3_600_000),
            Importance.LOW,
            "Milliseconds between looks whether these files have changed. What cannot be used is"
                + " reported, and what was read before stays in force.",
            GROUP,
            5,
            Width.SHORT,
            REFRESH);
  }

  /**
   * Reads the keys; null if there is no certificate.
   *
   * @throws ConfigException naming the keys that do not go together
   */
  public static @Nullable TlsConfig from(AbstractConfig config) {
    Path certificate = path(config, CERTIFICATE);
    Password password = config.getPassword(PASSWORD);
    if (certificate == null) {
      for (String key : List.of(KEY, CLIENTS)) {
        if (path(config, key) != null) {
          throw new ConfigException(key, path(config, key), "means nothing without " + CERTIFICATE);
        }
      }
      return null;
    }
    return new TlsConfig(
        certificate,
        path(config, KEY),
        password,
        path(config, CLIENTS),
        Duration.ofMillis(config.getInt(REFRESH)));
  }

  private static @Nullable Path path(AbstractConfig config, String key) {
    String text = config.getString(key);
    return text.isBlank() ? null : Path.of(text);
  }

  List<Path> files() {
    return Stream.of(certificate, key, clientAuthorities)
        .filter(file -> file != null)
        .distinct()
        .toList();
  }
}
