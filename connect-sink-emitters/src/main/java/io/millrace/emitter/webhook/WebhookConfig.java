package io.millrace.emitter.webhook;

import io.millrace.emitter.http.ClientConfig;
import io.millrace.emitter.http.GuardConfig;
import io.millrace.emitter.http.RetryAfter;
import io.millrace.emitter.http.StatusPolicy;
import io.millrace.emitter.task.Choice;
import io.millrace.emitter.task.EmitterKind;
import io.millrace.emitter.task.EventConfig;
import io.millrace.emitter.task.IdentityConfig;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.WebhookParameters;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/** What a Webhook emitter is told by connector configuration, and how patient its task is. */
final class WebhookConfig extends AbstractConfig {

  static final String REQUEST_TIMEOUT = "request.timeout.ms";
  static final String RETRY_AFTER_MAX = "retry.after.max.ms";

  private static final String GROUP = "HTTP";
  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);

  private static final ConfigDef OWN =
      new ConfigDef()
          .define(
              REQUEST_TIMEOUT,
              ConfigDef.Type.LONG,
              15_000L,
              Range.between(1, LONGEST_TIMEOUT.toMillis()),
              Importance.MEDIUM,
              "Longest time from sending a request to the end of its response, in milliseconds, unless"
                  + " a definition says otherwise.",
              GROUP,
              1,
              Width.SHORT,
              "Request time-out")
          .define(
              RETRY_AFTER_MAX,
              ConfigDef.Type.LONG,
              3_600_000L,
              Range.atLeast(0),
              Importance.LOW,
              "Longest wait that an endpoint may ask for with Retry-After, in milliseconds.",
              GROUP,
              2,
              Width.SHORT,
              "Longest Retry-After");

  private static final ConfigDef SETTINGS =
      IdentityConfig.addTo(GuardConfig.addTo(ClientConfig.addTo(new ConfigDef(OWN))));

  static final EmitterKind KIND =
      new EmitterKind(
          EmitterType.WEBHOOK,
          WebhookConfig::parameters,
          SETTINGS,
          props -> WebhookOutlet.open(props, SystemDefaultDnsResolver.INSTANCE, Clock.systemUTC()));

  WebhookConfig(Map<String, String> props) {
    super(OWN, props, false);
  }

  Duration requestTimeout() {
    return Duration.ofMillis(getLong(REQUEST_TIMEOUT));
  }

  /** Beyond which no definition goes. */
  Duration longestTimeout() {
    return LONGEST_TIMEOUT;
  }

  StatusPolicy statusPolicy(Clock clock) {
    return new StatusPolicy(new RetryAfter(clock, Duration.ofMillis(getLong(RETRY_AFTER_MAX))));
  }

  private static ConfigDef parameters() {
    Choice mode = Choice.of(WebhookParameters.Mode.class);
    ConfigDef def = new ConfigDef();
    def.define(
        "url",
        ConfigDef.Type.STRING,
        null,
        Importance.HIGH,
        "Where each event is posted: an http or https URL. Required in direct mode.",
        EmitterKind.PARAMETERS,
        1,
        Width.LONG,
        "URL");
    def.define(
        "mode",
        ConfigDef.Type.STRING,
        "binary",
        mode,
        Importance.MEDIUM,
        "Layout of the request: binary has the event's data as body and its attributes as ce-"
            + " headers, structured has both in one JSON document, batch has several such documents"
            + " in an array.",
        EmitterKind.PARAMETERS,
        2,
        Width.SHORT,
        "Mode",
        mode);
    def.define(
        "batch.size",
        ConfigDef.Type.INT,
        100,
        Range.between(1, 10_000),
        Importance.LOW,
        "Most events of a request in batch mode.",
        EmitterKind.PARAMETERS,
        3,
        Width.SHORT,
        "Batch size");
    def.define(
        "batch.delay",
        ConfigDef.Type.INT,
        100,
        Range.between(0, 60_000),
        Importance.LOW,
        "Longest wait of an event for others in batch mode, in milliseconds.",
        EmitterKind.PARAMETERS,
        4,
        Width.SHORT,
        "Batch delay");
    def.define(
        "rate.limit",
        ConfigDef.Type.INT,
        null,
        Importance.LOW,
        "Most requests a second of one lane. None by default.",
        EmitterKind.PARAMETERS,
        5,
        Width.SHORT,
        "Rate limit");
    def.define(
        "headers",
        ConfigDef.Type.STRING,
        null,
        Importance.LOW,
        "Headers of each request, as a JSON object of texts. Not those that say where a request"
            + " goes, where it ends, what is in it, or who sends it.",
        EmitterKind.PARAMETERS,
        6,
        Width.LONG,
        "Headers");
    return EventConfig.addTo(def, 7);
  }
}
