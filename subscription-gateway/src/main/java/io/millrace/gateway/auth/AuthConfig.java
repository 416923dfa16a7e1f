package io.millrace.gateway.auth;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Whom the gateway believes.
 *
 * @param usersFile none for no users of our own
 * @param jwt none for no tokens of an issuer
 */
public record AuthConfig(
    @Nullable Path usersFile,
    Duration reload,
    Duration remembered,
    int mostRemembered,
    int threads,
    int queue,
    @Nullable JwtConfig jwt) {

  private static final String GROUP = "Authentication";

  static final String USERS = "auth.users.file";
  private static final String RELOAD = "auth.users.reload.ms";
  private static final String CACHE_TTL = "auth.cache.ttl.ms";
  private static final String CACHE_SIZE = "auth.cache.size";
  private static final String THREADS = "auth.threads";
  private static final String QUEUE = "auth.queue";
  static final String JWKS = "auth.jwt.jwks.url";
  private static final String ISSUER = "auth.jwt.issuer";
  private static final String AUDIENCE = "auth.jwt.audience";
  private static final String ALGORITHMS = "auth.jwt.algorithms";
  private static final String SKEW = "auth.jwt.clock.skew.ms";
  private static final String NAME = "auth.jwt.claim.name";
  private static final String ROLES = "auth.jwt.claim.roles";
  private static final String TENANT = "auth.jwt.claim.tenant";
  private static final String CLIENT = "auth.jwt.claim.client.id";

  // A shared secret is no business of a service that only checks: asymmetric ones only.
  private static final Set<JWSAlgorithm> ALLOWED =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    return defineJwt(
        def.define(
                USERS,
                ConfigDef.Type.STRING,
                "",
                Importance.HIGH,
                "JSON or YAML file with users (bcrypt hashes), roles and tokens (SHA-256 hashes)."
                    + " Without it and without auth.jwt.jwks.url, admin with password admin may"
                    + " sign in, on a loopback address only.",
                GROUP,
                1,
                Width.LONG,
                USERS)
            .define(
                RELOAD,
                ConfigDef.Type.INT,
                2_000,
                Range.atLeast(10),
                Importance.LOW,
                "Milliseconds between two looks whether the users file has changed.",
                GROUP,
                2,
                Width.SHORT,
                RELOAD)
            .define(
                CACHE_TTL,
                ConfigDef.Type.INT,
                300_000,
                Range.atLeast(1),
                Importance.LOW,
                "Milliseconds for which a password that was right is not checked again.",
                GROUP,
                3,
                Width.SHORT,
                CACHE_TTL)
            .define(
                CACHE_SIZE,
                ConfigDef.Type.INT,
                10_000,
                Range.atLeast(1),
                Importance.LOW,
                "Most passwords remembered as right.",
                GROUP,
                4,
                Width.SHORT,
                CACHE_SIZE)
            .define(
                THREADS,
                ConfigDef.Type.INT,
                2,
                Range.between(1, 256),
                Importance.LOW,
                "Threads that check passwords and tokens.",
                GROUP,
                5,
                Width.SHORT,
                THREADS)
            .define(
                QUEUE,
                ConfigDef.Type.INT,
                1_000,
                Range.atLeast(1),
                Importance.LOW,
                "Most checks that wait for one of these threads; beyond it the answer is 503.",
                GROUP,
                6,
                Width.SHORT,
                QUEUE));
  }

  private static ConfigDef defineJwt(ConfigDef def) {
    return def.define(
            JWKS,
            ConfigDef.Type.STRING,
            "",
            Importance.HIGH,
            "Address of the keys (JWKS) that bearer tokens (JWT) are signed with.",
            GROUP,
            7,
            Width.LONG,
            JWKS)
        .define(
            ISSUER,
            ConfigDef.Type.STRING,
            "",
            Importance.HIGH,
            "Issuer that a JWT must name; required with auth.jwt.jwks.url.",
            GROUP,
            8,
            Width.LONG,
            ISSUER)
        .define(
            AUDIENCE,
            ConfigDef.Type.LIST,
            List.of(),
            Importance.HIGH,
            "Audiences of which a JWT must name one; required with auth.jwt.jwks.url.",
            GROUP,
            9,
            Width.LONG,
            AUDIENCE)
        .define(
            ALGORITHMS,
            ConfigDef.Type.LIST,
            List.of("RS256", "PS256", "ES256"),
            ConfigDef.ValidList.in(
                ALLOWED.stream().map(JWSAlgorithm::getName).sorted().toArray(String[]::new)),
            Importance.MEDIUM,
            "Signature algorithms that are believed; asymmetric ones only.",
            GROUP,
            10,
            Width.LONG,
            ALGORITHMS)
        .define(
            SKEW,
            ConfigDef.Type.INT,
            60_000,
            Range.between(0, 600_000),
            Importance.LOW,
            "Milliseconds by which the issuer's clock may differ.",
            GROUP,
            11,
            Width.SHORT,
            SKEW)
        .define(
            NAME,
            ConfigDef.Type.LIST,
            List.of("sub"),
            Importance.MEDIUM,
            "Claims of which the first present is the caller's name. A dot leads into an object,"
                + " here and in the next three.",
            GROUP,
            12,
            Width.LONG,
            NAME)
        .define(
            ROLES,
            ConfigDef.Type.LIST,
            List.of("roles"),
            Importance.MEDIUM,
            "Claims of which the first present holds the roles: a list, or a text with spaces.",
            GROUP,
            13,
            Width.LONG,
            ROLES)
        .define(
            TENANT,
            ConfigDef.Type.LIST,
            List.of("tenant_id"),
            Importance.MEDIUM,
            "Claims of which the first present is the tenant.",
            GROUP,
            14,
            Width.LONG,
            TENANT)
        .define(
            CLIENT,
            ConfigDef.Type.LIST,
            List.of("client_id", "azp"),
            Importance.MEDIUM,
            "Claims of which the first present is the calling application.",
            GROUP,
            15,
            Width.LONG,
            CLIENT);
  }

  /**
   * Reads the keys.
   *
   * @throws ConfigException if keys do not go together
   */
  public static AuthConfig from(AbstractConfig config) {
    String file = config.getString(USERS);
    return new AuthConfig(
        file.isBlank() ? null : Path.of(file),
        Duration.ofMillis(config.getInt(RELOAD)),
        Duration.ofMillis(config.getInt(CACHE_TTL)),
        config.getInt(CACHE_SIZE),
        config.getInt(THREADS),
        config.getInt(QUEUE),
        config.getString(JWKS).isBlank() ? null : jwt(config));
  }

  /** Whether nobody is configured, so that only the well-known default could sign in. */
  public boolean defaultCredentials() {
    return usersFile == null && jwt == null;
  }

  private static JwtConfig jwt(AbstractConfig config) {
    if (config.getString(ISSUER).isBlank() || config.getList(AUDIENCE).isEmpty()) {
      // A token that the same issuer made for another service must not open this one.
      throw new ConfigException(JWKS + " also needs " + ISSUER + " and " + AUDIENCE);
    }
    return new JwtConfig(
        url(config.getString(JWKS)),
        config.getString(ISSUER),
        new HashSet<>(config.getList(AUDIENCE)),
        config.getList(ALGORITHMS).stream().map(JWSAlgorithm::parse).collect(Collectors.toSet()),
        Duration.ofMillis(config.getInt(SKEW)),
        config.getList(NAME),
        config.getList(ROLES),
        config.getList(TENANT),
        config.getList(CLIENT));
  }

  private static URL url(String text) {
    try {
      URL url = URI.create(text).toURL();
      if (url.getProtocol().toLowerCase(Locale.ROOT).startsWith("http")) {
        return url;
      }
    } catch (IllegalArgumentException | MalformedURLException e) {
      throw (ConfigException) new ConfigException(JWKS, text, "is no URL").initCause(e);
    }
    throw new ConfigException(JWKS, text, "must begin with http:// or https://");
  }
}
