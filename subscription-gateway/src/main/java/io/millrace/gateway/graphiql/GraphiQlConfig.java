package io.millrace.gateway.graphiql;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * Whether there is the page.
 *
 * @param enabled where it is, anybody may load it; what it asks needs credentials as ever
 */
public record GraphiQlConfig(boolean enabled) {

  private static final String GROUP = "GraphQL";
  private static final String ENABLED = "graphiql.enabled";

  /** Adds the key. */
  public static ConfigDef define(ConfigDef def) {
    return def.define(
        ENABLED,
        ConfigDef.Type.BOOLEAN,
        false,
        Importance.LOW,
        "Whether the page /graphiql is served, on which GraphQL is tried. ./millrace serves it.",
        GROUP,
        7,
        Width.SHORT,
        ENABLED);
  }

  /** Reads the key. */
  public static GraphiQlConfig from(AbstractConfig config) {
    return new GraphiQlConfig(config.getBoolean(ENABLED));
  }
}
