package io.millrace.source.config;

import static org.apache.kafka.common.config.ConfigDef.Type.PASSWORD;
import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.millrace.model.emitter.Problem;
import io.millrace.model.identity.Credentials;
import io.millrace.model.identity.Identity;
import io.millrace.model.identity.InvalidIdentityException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Who the source is to its vendor: the keys that sinks have too, which are the flat form of an
 * identity behind a prefix, dotted where that writes camel case.
 */
public final class IdentityConfig {

  public static final String PREFIX = "identity.";
  public static final String TYPE = PREFIX + "type";

  private static final String PARAMETERS = "parameters.";

  private IdentityConfig() {}

  /**
   * The keys, for a source that takes these ways.
   *
   * @param types some of {@code basic}, {@code bearer}, {@code oauth2}
   */
  public static ConfigDef def(String... types) {
    Choice ways = new Choice(List.of(types));
    KeyGroup keys = new KeyGroup("Identity");
    keys.optional(TYPE, STRING, null, ways, "How the source authenticates: " + ways + ".");
    if (ways.values().contains("basic")) {
      keys.optional(PREFIX + "username", STRING, null, null, "For basic.");
      keys.optional(PREFIX + "password", PASSWORD, null, null, "For basic.");
    }
    if (ways.values().contains("bearer")) {
      keys.optional(PREFIX + "token", PASSWORD, null, null, "For bearer.");
    }
    if (ways.values().contains("oauth2")) {
      keys.optional(PREFIX + "token.url", STRING, null, null, "Where oauth2 gets its tokens.");
      keys.optional(
          PREFIX + "client.id", STRING, null, null, "For oauth2, which uses client credentials.");
      keys.optional(PREFIX + "client.secret", PASSWORD, null, null, "For oauth2.");
      keys.optional(
          PREFIX + "scope",
          STRING,
          null,
          null,
          "For oauth2. Further parameters of its token request are keys that begin with"
              + " identity.parameters.");
      keys.optional(
          PREFIX + "client.authentication",
          STRING,
          null,
          new Choice(List.of("basic", "body")),
          "How oauth2 sends client id and secret: basic, the default, as HTTP Basic; body in the"
              + " form.");
    }
    return keys.def();
  }

  /**
   * The credentials; null if none are given.
   *
   * @throws ConfigException with all that is wrong; {@link #check} has told it before
   */
  public static @Nullable Credentials read(Map<String, String> props) {
    Map<String, String> fields = fields(props);
    try {
      return fields.isEmpty() ? null : Identity.read(fields).credentials();
    } catch (InvalidIdentityException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  /** What is wrong, at the keys. */
  public static void check(Map<String, String> props, Problems problems) {
    Map<String, String> fields = fields(props);
    if (fields.isEmpty()) {
      return;
    }
    try {
      Identity unused = Identity.read(fields);
    } catch (InvalidIdentityException e) {
      for (Problem problem : e.problems()) {
        problems.add(key(problem.field()), problem.reason());
      }
    }
  }

  private static Map<String, String> fields(Map<String, String> props) {
    Map<String, String> fields = new LinkedHashMap<>();
    props.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX + PARAMETERS)) {
            fields.put(key.substring(PREFIX.length()), value);
          } else if (key.startsWith(PREFIX) && value != null) {
            fields.put(field(key.substring(PREFIX.length())), value);
          }
        });
    return fields;
  }

  private static String key(String field) {
    return PREFIX
        + (field.startsWith(PARAMETERS)
            ? field
            : field.replaceAll("([A-Z])", ".$1").toLowerCase(Locale.ROOT));
  }

  private static String field(String key) {
    StringBuilder name = new StringBuilder();
    for (String word : key.split("\\.", -1)) {
      name.append(
          name.isEmpty() || word.isEmpty()
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return name.toString();
  }
}
