package io.millrace.gateway.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a principal out of a token's claims; a dot in a claim's name leads into an object. */
final class JwtClaims {

  private final JwtConfig config;

  JwtClaims(JwtConfig config) {
    this.config = config;
  }

  /** Empty if the token names nobody. */
  Optional<Principal> principal(JWTClaimsSet claims) {
    String name = text(claims, config.nameClaims());
    return name == null
        ? Optional.empty()
        : Optional.of(
            new Principal(
                name,
                texts(find(claims, config.rolesClaims())),
                text(claims, config.tenantClaims()),
                text(claims, config.clientIdClaims())));
  }

  private static @Nullable String text(JWTClaimsSet claims, List<String> names) {
    return find(claims, names) instanceof String text && !text.isBlank() ? text : null;
  }

  private static Set<String> texts(@Nullable Object value) {
    Set<String> texts = new LinkedHashSet<>();
    if (value instanceof Collection<?> list) {
      list.stream().filter(String.class::isInstance).forEach(text -> texts.add((String) text));
    } else if (value instanceof String text) {
      // As OAuth writes scopes.
      Arrays.stream(text.strip().split("\\s+")).filter(t -> !t.isEmpty()).forEach(texts::add);
    }
    return texts;
  }

  private static @Nullable Object find(JWTClaimsSet claims, List<String> names) {
    for (String name : names) {
      Object whole = claims.getClaim(name);
      Object found = whole != null ? whole : descend(claims, name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable Object descend(JWTClaimsSet claims, String path) {
    Object value = claims.getClaims();
    for (String step : path.split("\\.", -1)) {
      value = value instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return value;
  }
}
