package io.millrace.emitter.audit;

import io.millrace.emitter.task.EmitterKind;
import io.millrace.emitter.task.KafkaAccess;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.Problem;
import io.millrace.model.event.ResourceName;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/** What an Audit emitter is told by connector configuration. */
final class AuditConfig extends AbstractConfig {

  static final String BATCH = "audit.batch.size";

  private static final ConfigDef SETTINGS =
      new ConfigDef()
          .define(
              BATCH,
              ConfigDef.Type.INT,
              500,
              Range.between(1, 10_000),
              Importance.LOW,
              "Most events that are recorded in one Kafka transaction.",
              "Audit",
              1,
              Width.SHORT,
              "Batch size");

  static final EmitterKind KIND =
      new EmitterKind(
          EmitterType.AUDIT,
          AuditConfig::parameters,
          SETTINGS,
          AuditConfig::outlet,
          (props, parameters) -> check(props),
          true);

  private AuditConfig(Map<String, String> props) {
    super(SETTINGS, props, false);
  }

  private static ConfigDef parameters() {
    return new ConfigDef()
        .define(
            "pretty.print",
            ConfigDef.Type.BOOLEAN,
            false,
            Importance.LOW,
            "Whether a download as a JSON array is laid out for people.",
            EmitterKind.PARAMETERS,
            1,
            Width.SHORT,
            "Pretty print");
  }

  private static AuditOutlet outlet(Map<String, String> props) {
    KafkaAccess kafka = KafkaAccess.of(props);
    return new AuditOutlet(
        new LogClients(kafka.clientConfig()),
        KafkaAccess.isShared(props) ? kafka.topics()::audit : kafka.topics()::connectorAudit,
        new AuditConfig(props).getInt(BATCH),
        Clock.systemUTC());
  }

  // A log is named after the connector, and its newest entry tells one place to go on from.
  private static List<Problem> check(Map<String, String> props) {
    List<Problem> problems = new ArrayList<>();
    if (KafkaAccess.isShared(props)) {
      return problems;
    }
    if (props.getOrDefault(KafkaAccess.BOOTSTRAP, "").isBlank()) {
      problems.add(
          new Problem(KafkaAccess.BOOTSTRAP, "is required: the audit log is kept in Kafka"));
    }
    String name = props.get("name");
    if (name != null && !ResourceName.isValid(name)) {
      problems.add(
          new Problem(
              KafkaAccess.DEFINITIONS,
              "is inline, where the log is named after the connector: its name must be "
                  + ResourceName.RULE));
    }
    if (props.containsKey("topics.regex") || props.getOrDefault("topics", "").contains(",")) {
      problems.add(
          new Problem(
              KafkaAccess.DEFINITIONS, "is inline, where topics must be one topic by its name"));
    }
    return problems;
  }
}
