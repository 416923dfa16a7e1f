package io.millrace.emitter.task;

import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.millrace.model.identity.Identity;
import io.millrace.model.identity.InvalidIdentityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/**
 * An identity in connector configuration: its flat form behind a prefix, dotted where that writes
 * camel case. What is secret may be written as {@code ${millrace:<identity>:<field>}}.
 */
final class IdentityKeys {

  static final String PREFIX = "identity.";
  static final String TYPE = PREFIX + "type";

  private static final String PARAMETERS = "parameters.";
  // As Kafka's ConfigTransformer finds them.
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}:]*:[^}]*}");
  private static final Choice TYPES =
      new Choice(List.of("basic", "bearer", "apiKey", "oauth2", "saslPlain"));

  private IdentityKeys() {}

  static ConfigDef addTo(ConfigDef def, String group) {
    Keys keys = new Keys(def, group);
    keys.add("type", STRING, null, "How the emitter authenticates: " + TYPES + ".", TYPES);
    keys.add("username", STRING, null, "For basic and saslPlain.", null);
    keys.add("password", PASSWORD, null, "For basic and saslPlain.", null);
    keys.add("token", PASSWORD, null, "For bearer.", null);
    Choice in = new Choice(List.of("header", "query"));
    keys.add("in", STRING, in, "Where a request carries an apiKey; header by default.", in);
    keys.add("name", STRING, null, "Name of the apiKey's header or query parameter.", null);
    keys.add("value", PASSWORD, null, "The apiKey itself.", null);
    keys.add("token.url", STRING, null, "Where oauth2 gets its tokens.", null);
    keys.add("client.id", STRING, null, "For oauth2, which uses client credentials.", null);
    keys.add("client.secret", PASSWORD, null, "For oauth2.", null);
    keys.add(
        "scope",
        STRING,
        null,
        "For oauth2. Further parameters of its token request are keys that begin with"
            + " identity.parameters.",
        null);
    Choice ways = new Choice(List.of("basic", "body"));
    keys.add(
        "client.authentication",
        STRING,
        ways,
        "How oauth2 sends client id and secret: basic, the default, as HTTP Basic; body in the form.",
        ways);
    keys.add(
        "signing.secrets",
        PASSWORD,
        null,
        "Secrets that sign each message as Standard Webhooks has it, separated by spaces or commas:"
            + " whsec_ ones, or ed25519 private keys as whsk_. Alone, or beside a type.",
        null);
    return def;
  }

  static Set<String> names() {
    return addTo(new ConfigDef(), "").names();
  }

  /** The keys that are there, by the names that the flat form gives them. */
  static Map<String, String> fields(Map<String, String> props) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String key : names()) {
      String value = props.get(key);
      if (value != null) {
        fields.put(ParameterKeys.parameter(key.substring(PREFIX.length())), value);
      }
    }
    props.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX + PARAMETERS)) {
            fields.put(key.substring(PREFIX.length()), value);
          }
        });
    return fields;
  }

  /** Keys whose value is a reference that Connect handed on as it is. */
  static List<String> unresolved(Map<String, String> props) {
    return names().stream()
        .filter(key -> REFERENCE.matcher(props.getOrDefault(key, "")).find())
        .toList();
  }

  /** The configuration key of a field. */
  static String key(String field) {
    // A part of signingSecrets is not a key of its own.
    return PREFIX
        + (field.startsWith(PARAMETERS) ? field : ParameterKeys.key(field.replaceAll("\\[.*", "")));
  }

  /**
   * The identity that is written out; empty if none is.
   *
   * @throws InvalidIdentityException whose problems name fields of the flat form
   */
  static Optional<Identity> read(Map<String, String> props) throws InvalidIdentityException {
    Map<String, String> fields = fields(props);
    return fields.isEmpty() ? Optional.empty() : Optional.of(Identity.read(fields));
  }

  /** Defines keys one after the other. */
  private static final class Keys {
    private final ConfigDef def;
    private final String group;
    private int order = 10;

    Keys(ConfigDef def, String group) {
      this.def = def;
      this.group = group;
    }

    void add(
        String name,
        ConfigDef.Type type,
        ConfigDef.@Nullable Validator validator,
        String doc,
        ConfigDef.@Nullable Recommender recommender) {
      def.define(
          PREFIX + name,
          type,
          null,
          validator,
          Importance.MEDIUM,
          doc,
          group,
          order++,
          Width.MEDIUM,
          "Identity: " + name.replace('.', ' '),
          recommender);
    }
  }
}
