package io.millrace.emitter.powerbi;

import io.millrace.emitter.http.ClientConfig;
import io.millrace.emitter.http.RetryAfter;
import io.millrace.emitter.http.StatusPolicy;
import io.millrace.emitter.task.EmitterKind;
import io.millrace.emitter.task.IdentityConfig;
import io.millrace.model.emitter.EmitterParameters;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** What a Power BI emitter is told by connector configuration, and what the service takes. */
final class PowerBiConfig extends AbstractConfig {

  static final String BASE_URL = "powerbi.base.url";
  static final String LOGIN_URL = "powerbi.login.url";
  static final String BATCH_ROWS = "batch.rows";
  static final String BATCH_DELAY = "batch.delay.ms";
  static final String POSTS = "posts.per.minute";
  static final String ROWS = "rows.per.hour";
  static final String PENDING = "posts.pending";
  static final String REQUEST_TIMEOUT = "request.timeout.ms";
  static final String RETRY_AFTER_MAX = "retry.after.max.ms";

  private static final String MESSAGES = "messages";
  private static final String SERVICE = "Power BI";
  private static final int MOST_ROWS = 10_000;

  private static final ConfigDef OWN = own();
  private static final ConfigDef SETTINGS = ClientConfig.addTo(IdentityConfig.addTo(own()));

  static final EmitterKind KIND =
      new EmitterKind(
          EmitterType.POWER_BI,
          PowerBiConfig::parameters,
          SETTINGS,
          props -> PowerBiOutlet.open(props, SystemDefaultDnsResolver.INSTANCE, Clock.systemUTC()),
          PowerBiConfig::problems);

  private final URI base;
  private final URI login;

  PowerBiConfig(Map<String, String> props) {
    super(OWN, props, false);
    base = url(BASE_URL);
    login = url(LOGIN_URL);
  }

  /** Without a slash at the end. */
  String base() {
    return base.toString().replaceAll("/+$", "");
  }

  /** Whether tokens may be asked for there: users choose the URL, and must not choose any. */
  boolean isLogin(URI tokenUrl) {
    return login.getScheme().equalsIgnoreCase(tokenUrl.getScheme())
        && login.getHost().equalsIgnoreCase(tokenUrl.getHost())
        && login.getPort() == tokenUrl.getPort();
  }

  String login() {
    return login.toString();
  }

  int batchRows() {
    return Math.min(getInt(BATCH_ROWS), getInt(ROWS));
  }

  Duration batchDelay() {
    return Duration.ofMillis(getLong(BATCH_DELAY));
  }

  DatasetLimits.Most limits() {
    return new DatasetLimits.Most(getInt(POSTS), getInt(ROWS), getInt(PENDING));
  }

  Duration requestTimeout() {
    return Duration.ofMillis(getLong(REQUEST_TIMEOUT));
  }

  StatusPolicy statusPolicy(Clock clock) {
    return new StatusPolicy(new RetryAfter(clock, Duration.ofMillis(getLong(RETRY_AFTER_MAX))));
  }

  private URI url(String key) {
    try {
      URI url = new URI(getString(key));
      if (url.getHost() != null && String.valueOf(url.getScheme()).matches("(?i)https?")) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw new ConfigException(key, getString(key), "must be an http or https URL with a host");
  }

  private static List<Problem> problems(
      Map<String, String> props, Optional<EmitterParameters> parameters) {
    if (parameters.isPresent()
        && ((List<?>) ConfigDef.parseType(MESSAGES, messages(props), ConfigDef.Type.LIST)).size()
            != 1) {
      return List.of(new Problem(MESSAGES, "must be exactly one for a Power BI emitter"));
    }
    try {
      var unused = new PowerBiConfig(props);
      return List.of();
    } catch (ConfigException e) {
      return List.of(new Problem(BASE_URL, "or " + LOGIN_URL + ": " + e.getMessage()));
    }
  }

  private static String messages(Map<String, String> props) {
    @Nullable String messages = props.get(MESSAGES);
    return messages == null ? "" : messages;
  }

  private static ConfigDef own() {
    Keys keys = new Keys(new ConfigDef(), SERVICE);
    keys.text(BASE_URL, "https://api.powerbi.com", "Where the service is.");
    keys.text(
        LOGIN_URL,
        "https://login.microsoftonline.com",
        "Where tokens come from: an identity with another host in its tokenUrl is refused.");
    keys.whole(
        BATCH_ROWS,
        MOST_ROWS,
        MOST_ROWS,
        "Most rows of a post; what a lane holds (buffer.size) is a limit too.");
    keys.millis(BATCH_DELAY, 500, 0, "Longest wait of an event for others, in milliseconds.");
    keys.whole(POSTS, 120, 1_000_000, "Most posts a minute to a dataset, of one task.");
    keys.whole(ROWS, 1_000_000, 1_000_000_000, "Most rows an hour to a dataset, of one task.");
    keys.whole(PENDING, 5, 1_000, "Most posts to a dataset under way at once, of one task.");
    keys.millis(
        REQUEST_TIMEOUT,
        30_000,
        1,
        "Longest time from sending a request to the end of its response, in milliseconds.");
    keys.millis(
        RETRY_AFTER_MAX,
        3_600_000,
        0,
        "Longest wait that the service may ask for, in milliseconds.");
    return keys.def;
  }

  private static ConfigDef parameters() {
    Keys keys = new Keys(new ConfigDef(), EmitterKind.PARAMETERS);
    keys.text("id", null, "Identifier of the dataset. Required in direct mode.");
    keys.text("schema", null, "Name of the dataset, for people. Required in direct mode.");
    keys.text(
        "table", null, "Name of the table; a definition calls it name. Required in direct mode.");
    keys.text("group", null, "Identifier of the dataset's workspace, if it is in one.");
    keys.text(
        "columns",
        null,
        "How an event becomes a row, as JSON: an array of objects with name, type (Int64, Double,"
            + " Boolean, DateTime or String) and lookup, a FEEL expression over the event. Required"
            + " in direct mode.");
    return keys.def;
  }

  /** Defines keys one after the other. */
  private static final class Keys {
    private final ConfigDef def;
    private final String group;
    private int order = 1;

    Keys(ConfigDef def, String group) {
      this.def = def;
      this.group = group;
    }

    void text(String key, @Nullable String fallback, String doc) {
      add(key, ConfigDef.Type.STRING, fallback, null, doc);
    }

    void whole(String key, int fallback, int most, String doc) {
      add(key, ConfigDef.Type.INT, fallback, Range.between(1, most), doc);
    }

    void millis(String key, long fallback, long least, String doc) {
      add(key, ConfigDef.Type.LONG, fallback, Range.between(least, 86_400_000L), doc);
    }

    private void add(
        String key,
        ConfigDef.Type type,
        @Nullable Object fallback,
        ConfigDef.@Nullable Validator validator,
        String doc) {
      Importance importance = group.equals(SERVICE) ? Importance.LOW : Importance.HIGH;
      String name = key.replace('.', ' ');
      def.define(
          key, type, fallback, validator, importance, doc, group, order++, Width.MEDIUM, name);
    }
  }
}
