package io.millrace.emitter.task;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The parameters that every type of emitter has: how an event looks when it is handed out. */
public final class EventConfig {

  private EventConfig() {}

  /**
   * Adds them and returns the definition.
   *
   * @param order place of the first in its group
   */
  public static ConfigDef addTo(ConfigDef def, int order) {
    return def.define(
            "pretty.print",
            ConfigDef.Type.BOOLEAN,
            false,
            Importance.LOW,
            "Whether JSON is laid out for people.",
            EmitterKind.PARAMETERS,
            order,
            Width.SHORT,
            "Pretty print")
        .define(
            "source",
            ConfigDef.Type.STRING,
            null,
            Importance.LOW,
            "Replaces the source of every event: a URI reference.",
            EmitterKind.PARAMETERS,
            order + 1,
            Width.MEDIUM,
            "Source")
        .define(
            "subject",
            ConfigDef.Type.STRING,
            null,
            Importance.LOW,
            "Replaces the subject of every event.",
            EmitterKind.PARAMETERS,
            order + 2,
            Width.MEDIUM,
            "Subject");
  }
}
