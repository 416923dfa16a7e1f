package io.millrace.model.identity;

import io.millrace.model.identity.Credentials.ApiKey;
import io.millrace.model.identity.Credentials.Basic;
import io.millrace.model.identity.Credentials.Bearer;
import io.millrace.model.identity.Credentials.OAuth2;
import io.millrace.model.identity.Credentials.SaslPlain;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** Reads the flat form of one identity and collects what is wrong with it, never its secrets. */
final class IdentityReader {

  private final FieldReader fields;
  private final Map<String, Supplier<Optional<Credentials>>> types = new LinkedHashMap<>();

  IdentityReader(Map<String, String> values) {
    fields = new FieldReader(values);
    types.put(Basic.TYPE, this::basic);
    types.put(Bearer.TYPE, this::bearer);
    types.put(ApiKey.TYPE, this::apiKey);
    types.put(OAuth2.TYPE, this::oauth2);
    types.put(SaslPlain.TYPE, this::saslPlain);
  }

  Identity read() throws InvalidIdentityException {
    List<SigningSecret> signingSecrets = signingSecrets();
    Optional<Credentials> credentials = credentials();
    if (!fields.problems().isEmpty()) {
      throw new InvalidIdentityException(fields.problems());
    }
    return new Identity(credentials.orElse(null), signingSecrets);
  }

  private Optional<Credentials> credentials() {
    String names = String.join(", ", types.keySet());
    if (!fields.has(Identity.TYPE)) {
      if (fields.has(Identity.SIGNING_SECRETS)) {
        fields.refuseTheRest();
      } else {
        fields.problem(
            Identity.TYPE, "is required where there are no signingSecrets: one of " + names);
      }
      return Optional.empty();
    }
    String type = fields.text(Identity.TYPE, TextRule.LINE);
    if (type == null) {
      return Optional.empty();
    }
    Supplier<Optional<Credentials>> reader = types.get(type);
    if (reader == null) {
      fields.problem(Identity.TYPE, "must be one of " + names + ", and is " + type);
      return Optional.empty();
    }
    Optional<Credentials> credentials = reader.get();
    fields.refuseTheRest();
    return credentials;
  }

  private Optional<Credentials> basic() {
    String username = fields.text("username", TextRule.USER);
    Password password = fields.secret("password", TextRule.LINE_OR_EMPTY);
    return username == null || password == null
        ? Optional.empty()
        : Optional.of(new Basic(username, password));
  }

  private Optional<Credentials> bearer() {
    Password token = fields.secret("token", TextRule.TOKEN);
    return token == null ? Optional.empty() : Optional.of(new Bearer(token));
  }

  private Optional<Credentials> apiKey() {
    ApiKey.Place in = fields.choice("in", ApiKey.Place.class, ApiKey.Place.HEADER);
    String name = fields.text("name", ApiKey.rule(in));
    Password value = fields.secret("value", TextRule.LINE);
    return name == null || value == null
        ? Optional.empty()
        : Optional.of(new ApiKey(in, name, value));
  }

  private Optional<Credentials> oauth2() {
    String tokenUrl = fields.text("tokenUrl", TextRule.HTTP_URL);
    String clientId = fields.text("clientId", TextRule.LINE);
    Password clientSecret = fields.secret("clientSecret", TextRule.LINE);
    String scope = fields.has("scope") ? fields.text("scope", TextRule.LINE) : null;
    OAuth2.ClientAuthentication how =
        fields.choice(
            "clientAuthentication",
            OAuth2.ClientAuthentication.class,
            OAuth2.ClientAuthentication.BASIC);
    Map<String, Password> extra =
        fields.secrets(OAuth2.PARAMETER_PREFIX, OAuth2::isExtra, OAuth2.EXTRA_RULE);
    return tokenUrl == null || clientId == null || clientSecret == null
        ? Optional.empty()
        : Optional.of(new OAuth2(URI.create(tokenUrl), clientId, clientSecret, scope, extra, how));
  }

  private Optional<Credentials> saslPlain() {
    String username = fields.text("username", TextRule.LINE);
    Password password = fields.secret("password", TextRule.LINE);
    return username == null || password == null
        ? Optional.empty()
        : Optional.of(new SaslPlain(username, password));
  }

  private List<SigningSecret> signingSecrets() {
    List<SigningSecret> secrets = new ArrayList<>();
    if (!fields.has(Identity.SIGNING_SECRETS)) {
      return secrets;
    }
    @Nullable Password texts = fields.secret(Identity.SIGNING_SECRETS, TextRule.WORDS);
    int index = 0;
    for (String text : texts == null ? new String[0] : texts.value().strip().split("[\\s,]+")) {
      Optional<SigningSecret> secret = SigningSecret.of(text);
      if (secret.isEmpty()) {
        fields.problem(
            Identity.SIGNING_SECRETS + "[" + index + "]", "must be " + SigningSecret.RULE);
      }
      secret.ifPresent(secrets::add);
      index++;
    }
    return secrets;
  }
}
