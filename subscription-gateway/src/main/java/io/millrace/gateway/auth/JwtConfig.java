package io.millrace.gateway.auth;

import com.nimbusds.jose.JWSAlgorithm;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Which JSON Web Tokens are believed, and which of their claims say what.
 *
 * @param audiences of which a token must name one
 * @param nameClaims the first of them that a token has is the caller's name; likewise the others
 */
record JwtConfig(
    URL jwks,
    String issuer,
    Set<String> audiences,
    Set<JWSAlgorithm> algorithms,
    Duration clockSkew,
    List<String> nameClaims,
    List<String> rolesClaims,
    List<String> tenantClaims,
    List<String> clientIdClaims) {}
