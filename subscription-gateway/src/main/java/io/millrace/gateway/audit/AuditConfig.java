package io.millrace.gateway.audit;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;

/**
 * How much downloading of audit logs there may be.
 *
 * @param maxDownloads at a time; more are told to come back
 * @param threads that read for all of them
 */
public record AuditConfig(int maxDownloads, int threads) {

  private static final String GROUP = "Audit";
  private static final String MAX_DOWNLOADS = "audit.max.downloads";
  private static final String THREADS = "audit.threads";

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    return def.define(
            MAX_DOWNLOADS,
            ConfigDef.Type.INT,
            16,
            Range.between(1, 1_000),
            Importance.LOW,
            "Most downloads of audit logs at a time, each of which takes a few megabytes; more are"
                + " answered 503.",
            GROUP,
            1,
            ConfigDef.Width.SHORT,
            MAX_DOWNLOADS)
        .define(
            THREADS,
            ConfigDef.Type.INT,
            4,
            Range.between(1, 64),
            Importance.LOW,
            "Threads that read audit logs. None is held while a client takes what was read.",
            GROUP,
            2,
            ConfigDef.Width.SHORT,
            THREADS);
  }

  /** Reads the keys. */
  public static AuditConfig from(AbstractConfig config) {
    return new AuditConfig(config.getInt(MAX_DOWNLOADS), config.getInt(THREADS));
  }
}
