package io.millrace.gateway.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import java.text.ParseException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Believes tokens that an issuer signed. Keys come from the issuer's JWKS address, are kept, and
 * are fetched again when a token names an unknown one (at most twice in 30 seconds, so that forged
 * tokens cannot make us fetch).
 */
final class JwtAuthenticator {

  private static final Logger LOG = LoggerFactory.getLogger(JwtAuthenticator.class);

  private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
  private final JwtClaims claims;
  private final Executor executor;
  private volatile boolean keysMissing;

  JwtAuthenticator(JwtConfig config, Executor executor) {
    this.claims = new JwtClaims(config);
    this.executor = executor;
    processor.setJWSTypeVerifier(
        new DefaultJOSEObjectTypeVerifier<>(
            JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
    processor.setJWSKeySelector(
        new JWSVerificationKeySelector<>(
            config.algorithms(),
            JWKSourceBuilder.<SecurityContext>create(config.jwks()).retrying(true).build()));
    DefaultJWTClaimsVerifier<SecurityContext> verifier =
        new DefaultJWTClaimsVerifier<>(
            config.audiences(),
            new JWTClaimsSet.Builder().issuer(config.issuer()).build(),
            Set.of("exp"),
            Set.of());
    verifier.setMaxClockSkew((int) config.clockSkew().toSeconds());
    processor.setJWTClaimsSetVerifier(verifier);
  }

  CompletionStage<Authentication> authenticate(Credentials.Bearer bearer) {
    try {
      return CompletableFuture.supplyAsync(() -> check(bearer), executor);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.completedFuture(
          new Authentication.Refused(
              Authentication.Reason.UNAVAILABLE, "too many sign-ins at once"));
    }
  }

  private static Authentication unavailable() {
    return new Authentication.Refused(
        Authentication.Reason.UNAVAILABLE, "tokens cannot be checked now");
  }

  private Authentication check(Credentials.Bearer bearer) {
    try {
      JWTClaimsSet believed = processor.process(bearer.token(), null);
      keysMissing = false;
      return claims
          .principal(believed)
          .<Authentication>map(Authentication.Accepted::new)
          .orElseGet(Authentication::wrong);
    } catch (ExpiredJWTException e) {
      return new Authentication.Refused(Authentication.Reason.EXPIRED, "the token has expired");
    } catch (RateLimitReachedException e) {
      // Keys were fetched a moment ago and the token's was not among them, unless nothing came.
      return keysMissing ? unavailable() : Authentication.wrong();
    } catch (KeySourceException e) {
      keysMissing = true;
      LOG.warn("The keys that tokens are signed with cannot be fetched: {}", e.getMessage());
      return unavailable();
    } catch (BadJOSEException | JOSEException | ParseException e) {
      LOG.debug("A token was refused: {}", e.getMessage());
      return Authentication.wrong();
    }
  }
}
