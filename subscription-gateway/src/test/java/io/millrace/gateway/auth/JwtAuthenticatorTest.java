package io.millrace.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.millrace.gateway.auth.Authentication.Accepted;
import io.millrace.gateway.auth.Authentication.Reason;
import io.millrace.gateway.auth.Authentication.Refused;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JwtAuthenticatorTest {

  private static RSAKey first;
  private static RSAKey second;

  private HttpServer server;
  private volatile RSAKey served;
  private JwtAuthenticator authenticator;

  @BeforeAll
  static void makeKeys() throws JOSEException {
    first = new RSAKeyGenerator(2048).keyID("1").generate();
    second = new RSAKeyGenerator(2048).keyID("2").generate();
  }

  @BeforeEach
  void serveKeys() throws IOException {
    served = first;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/jwks",
        exchange -> {
          byte[] keys = new JWKSet(served).toString().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
    server.start();
    URI jwks = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/jwks");
    authenticator =
        new JwtAuthenticator(
            new JwtConfig(
                jwks.toURL(),
                "https://issuer",
                Set.of("millrace"),
                Set.of(JWSAlgorithm.RS256),
                Duration.ofSeconds(60),
                List.of("email", "sub"),
                List.of("realm_access.roles", "scope"),
                List.of("tenant_id"),
                List.of("client_id", "azp")),
            Runnable::run);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void believesTheIssuer() throws Exception {
    String token =
        signed(
            first,
            valid()
                .claim("realm_access", Map.of("roles", List.of("admin")))
                .claim("tenant_id", "t1")
                .claim("azp", "app")
                .build());

    assertThat(ask(token)).isEqualTo(accepted("ann", Set.of("admin"), "t1", "app"));
  }

  @Test
  void takesTheFirstClaimThatIsThere() throws Exception {
    String token = signed(first, valid().claim("email", "a@b.c").claim("scope", "x  y").build());

    assertThat(ask(token)).isEqualTo(accepted("a@b.c", Set.of("x", "y"), null, null));
  }

  @Test
  void followsRotatedKeys() throws Exception {
    assertThat(ask(signed(first, valid().build()))).isInstanceOf(Accepted.class);

    served = second;

    assertThat(ask(signed(second, valid().build()))).isInstanceOf(Accepted.class);
    assertThat(ask(signed(first, valid().build()))).isEqualTo(Authentication.wrong());
  }

  @Test
  void allowsForClocksThatDiffer() throws Exception {
    assertThat(ask(signed(first, valid().expirationTime(in(-30)).build())))
        .isInstanceOf(Accepted.class);
    assertThat(ask(signed(first, valid().expirationTime(in(-90)).build())))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.EXPIRED));
  }

  @Test
  void refusesTokensForOthers() throws Exception {
    assertThat(ask(signed(first, valid().audience("other").build())))
        .isEqualTo(Authentication.wrong());
    assertThat(ask(signed(first, valid().issuer("https://other").build())))
        .isEqualTo(Authentication.wrong());
    assertThat(ask(signed(first, valid().expirationTime(null).build())))
        .isEqualTo(Authentication.wrong());
    assertThat(ask(signed(first, valid().subject(null).build()))).isEqualTo(Authentication.wrong());
  }

  @Test
  void refusesForgedTokens() throws Exception {
    RSAKey forged = new RSAKeyGenerator(2048).keyID("1").generate();
    assertThat(ask(signed(forged, valid().build()))).isEqualTo(Authentication.wrong());
    assertThat(ask("nonsense")).isEqualTo(Authentication.wrong());
    String none = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhbm4ifQ.";
    assertThat(ask(none)).isEqualTo(Authentication.wrong());

    // The public key taken for a shared secret, the classic confusion.
    SignedJWT confused = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), valid().build());
    confused.sign(new MACSigner(first.toRSAPublicKey().getEncoded()));
    assertThat(ask(confused.serialize())).isEqualTo(Authentication.wrong());
  }

  @Test
  void saysWhenKeysCannotBeFetched() throws Exception {
    server.stop(0);

    assertThat(ask(signed(first, valid().build())))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.reason()).isEqualTo(Reason.UNAVAILABLE));
  }

  private Authentication ask(String token) {
    return authenticator.authenticate(new Credentials.Bearer(token)).toCompletableFuture().join();
  }

  private static Accepted accepted(String name, Set<String> roles, String tenant, String clientId) {
    return new Accepted(new Principal(name, roles, tenant, clientId));
  }

  private static JWTClaimsSet.Builder valid() {
    return new JWTClaimsSet.Builder()
        .issuer("https://issuer")
        .audience("millrace")
        .subject("ann")
        .expirationTime(in(300));
  }

  private static Date in(int seconds) {
    return Date.from(Instant.now().plusSeconds(seconds));
  }

  private static String signed(RSAKey key, JWTClaimsSet claims) throws JOSEException {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(), claims);
    jwt.sign(new RSASSASigner(key));
    return jwt.serialize();
  }
}
