package io.millrace.model.identity;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** Who an emitter is to its endpoint. What is secret is a {@link Password}, whose text hides it. */
public sealed interface Credentials {

  /** The name in an identity's {@code type}. */
  String type();

  /** The flat form without the type. A value is a {@link String} or a {@link Password}. */
  Map<String, Object> fields();

  /** A user's name and password, for HTTP's Basic. Source: RFC 7617. */
  record Basic(String username, Password password) implements Credentials {

    static final String TYPE = "basic";

    public Basic {
      TextRule.USER.require("username", username);
      TextRule.LINE_OR_EMPTY.require("password", password.value());
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("username", username, "password", password);
    }
  }

  /** A token that does not expire by itself, for HTTP's Bearer. Source: RFC 6750. */
  record Bearer(Password token) implements Credentials {

    static final String TYPE = "bearer";

    public Bearer {
      TextRule.TOKEN.require("token", token.value());
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("token", token);
    }
  }

  /** A key in a header or in the query of the URL. */
  record ApiKey(Place in, String name, Password value) implements Credentials {

    static final String TYPE = "apiKey";

    /** Where a request carries the key. */
    public enum Place {
      HEADER,
      QUERY
    }

    public ApiKey {
      rule(in).require("name", name);
      TextRule.LINE.require("value", value.value());
    }

    static TextRule rule(Place in) {
      return in == Place.HEADER ? TextRule.HEADER_NAME : TextRule.LINE;
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("in", in.name().toLowerCase(Locale.ROOT), "name", name, "value", value);
    }
  }

  /**
   * OAuth 2.0 client credentials. Source: RFC 6749, section 4.4.
   *
   * @param tokenUrl http or https; whoever calls it guards against addresses that its user must not
   *     reach, as for the endpoint itself
   * @param scope as it is sent; absent sends none
   * @param parameters sent to the token URL beside the standard ones, such as {@code audience}
   * @param clientAuthentication how client id and secret are sent
   */
  record OAuth2(
      URI tokenUrl,
      String clientId,
      Password clientSecret,
      @Nullable String scope,
      Map<String, Password> parameters,
      ClientAuthentication clientAuthentication)
      implements Credentials {

    static final String TYPE = "oauth2";
    static final String PARAMETER_PREFIX = "parameters.";
    static final String EXTRA_RULE = "must have a name, and not that of a standard parameter";

    private static final Set<String> STANDARD =
        Set.of("grant_type", "client_id", "client_secret", "scope");

    /** How a client shows its secret to the token URL. Source: RFC 6749, section 2.3.1. */
    public enum ClientAuthentication {
      /** HTTP Basic, which every server takes. */
      BASIC,
      /** {@code client_id} and {@code client_secret} in the form. */
      BODY
    }

    public OAuth2 {
      TextRule.HTTP_URL.require("tokenUrl", tokenUrl.toString());
      TextRule.LINE.require("clientId", clientId);
      TextRule.LINE.require("clientSecret", clientSecret.value());
      if (scope != null) {
        TextRule.LINE.require("scope", scope);
      }
      parameters = Map.copyOf(parameters);
      for (String name : parameters.keySet()) {
        if (!isExtra(name)) {
          throw new IllegalArgumentException("parameters." + name + " " + EXTRA_RULE);
        }
      }
    }

    static boolean isExtra(String name) {
      return !name.isBlank() && !STANDARD.contains(name);
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("tokenUrl", tokenUrl.toString());
      fields.put("clientId", clientId);
      fields.put("clientSecret", clientSecret);
      if (scope != null) {
        fields.put("scope", scope);
      }
      fields.put("clientAuthentication", clientAuthentication.name().toLowerCase(Locale.ROOT));
      parameters.forEach((name, value) -> fields.put(PARAMETER_PREFIX + name, value));
      return fields;
    }
  }

  /** A user's name and password for a Kafka broker's SASL PLAIN. Source: RFC 4616. */
  record SaslPlain(String username, Password password) implements Credentials {

    static final String TYPE = "saslPlain";

    public SaslPlain {
      TextRule.LINE.require("username", username);
      TextRule.LINE.require("password", password.value());
    }

    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Map<String, Object> fields() {
      return Map.of("username", username, "password", password);
    }
  }
}
