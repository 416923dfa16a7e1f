package io.millrace.gateway.http;

import io.millrace.gateway.http.tls.TlsConfig;
import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.jspecify.annotations.Nullable;

/**
 * Where the gateway listens, and how much it takes.
 *
 * @param port 0 takes any free one
 * @param idleTimeout after which a connection that says nothing is closed
 * @param bodyTimeout within which a whole body must have arrived
 * @param stopTimeout how long requests in flight may take while the gateway stops
 * @param trustForwarded whether a proxy's {@code Forwarded} headers tell the client's address
 * @param tls absent if TLS is not spoken
 */
public record HttpConfig(
    String bind,
    int port,
    int maxBodyBytes,
    Duration idleTimeout,
    Duration bodyTimeout,
    Duration stopTimeout,
    int threads,
    boolean trustForwarded,
    OriginConfig origins,
    @Nullable TlsConfig tls) {

  private static final String GROUP = "HTTP";

  private static final String BIND = "http.bind";
  private static final String PORT = "http.port";
  private static final String MAX_BODY = "http.max.body.bytes";
  private static final String IDLE = "http.idle.timeout.ms";
  private static final String BODY = "http.body.timeout.ms";
  private static final String STOP = "http.stop.timeout.ms";
  private static final String THREADS = "http.threads";
  private static final String FORWARDED = "http.trust.forwarded";

  /** Without TLS, and for own pages only. */
  public HttpConfig(
      String bind,
      int port,
      int maxBodyBytes,
      Duration idleTimeout,
      Duration bodyTimeout,
      Duration stopTimeout,
      int threads,
      boolean trustForwarded) {
    this(
        bind,
        port,
        maxBodyBytes,
        idleTimeout,
        bodyTimeout,
        stopTimeout,
        threads,
        trustForwarded,
        OriginConfig.OWN,
        null);
  }

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    return TlsConfig.define(OriginConfig.define(own(def)));
  }

  private static ConfigDef own(ConfigDef def) {
    return def.define(
            BIND,
            ConfigDef.Type.STRING,
            "127.0.0.1",
            new ConfigDef.NonEmptyString(),
            Importance.HIGH,
            "Address to listen on. Anything but a loopback address needs configured users.",
            GROUP,
            1,
            ConfigDef.Width.MEDIUM,
            BIND)
        .define(
            PORT,
            ConfigDef.Type.INT,
            8021,
            Range.between(0, 65535),
            Importance.HIGH,
            "Port to listen on; 0 takes any free one.",
            GROUP,
            2,
            ConfigDef.Width.SHORT,
            PORT)
        .define(
            MAX_BODY,
            ConfigDef.Type.INT,
            1 << 20,
            Range.between(1, 64 << 20),
            Importance.MEDIUM,
            "Most bytes of a request body; a larger one is answered 413.",
            GROUP,
            3,
            ConfigDef.Width.SHORT,
            MAX_BODY)
        .define(
            IDLE,
            ConfigDef.Type.INT,
            30_000,
            Range.atLeast(100),
            Importance.LOW,
            "Milliseconds after which a connection that sends nothing is closed.",
            GROUP,
            4,
            ConfigDef.Width.SHORT,
            IDLE)
        .define(
            BODY,
            ConfigDef.Type.INT,
            30_000,
            Range.atLeast(100),
            Importance.LOW,
            "Milliseconds within which a whole body must have arrived; else 408.",
            GROUP,
            5,
            ConfigDef.Width.SHORT,
            BODY)
        .define(
            STOP,
            ConfigDef.Type.INT,
            5_000,
            Range.atLeast(0),
            Importance.LOW,
            "Milliseconds that requests in flight may take while the gateway stops.",
            GROUP,
            6,
            ConfigDef.Width.SHORT,
            STOP)
        .define(
            THREADS,
            ConfigDef.Type.INT,
            32,
            Range.between(8, 1024),
            Importance.LOW,
            "Most threads that serve requests. None is held while a request waits.",
            GROUP,
            7,
            ConfigDef.Width.SHORT,
            THREADS)
        .define(
            FORWARDED,
            ConfigDef.Type.BOOLEAN,
            false,
            Importance.LOW,
            "Whether the headers Forwarded and X-Forwarded-For tell the client's address. Only"
                + " behind a proxy that sets them.",
            GROUP,
            8,
            ConfigDef.Width.SHORT,
            FORWARDED);
  }

  /** Reads the keys. */
  public static HttpConfig from(AbstractConfig config) {
    return new HttpConfig(
        config.getString(BIND),
        config.getInt(PORT),
        config.getInt(MAX_BODY),
        Duration.ofMillis(config.getInt(IDLE)),
        Duration.ofMillis(config.getInt(BODY)),
        Duration.ofMillis(config.getInt(STOP)),
        config.getInt(THREADS),
        config.getBoolean(FORWARDED),
        OriginConfig.from(config),
        TlsConfig.from(config));
  }
}
