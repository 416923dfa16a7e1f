package io.millrace.gateway.mmm;

import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;

/**
 * What MMM's clients get where they do not say, and at most.
 *
 * @param stream that MMM's events are in
 * @param chunkSize most events at once
 * @param chunkMaxDelay longest wait for a chunk to become full, in milliseconds
 * @param ackLimit most events past the last acknowledged one
 */
public record MmmConfig(String stream, Limit chunkSize, Limit chunkMaxDelay, Limit ackLimit) {

  /** Key of the stream. */
  public static final String STREAM = "mmm.stream";

  private static final String GROUP = "MMM";
  private static final String CHUNK = "mmm.chunk.size";
  private static final String CHUNK_MAX = "mmm.chunk.size.max";
  private static final String DELAY = "mmm.chunk.max.delay.ms";
  private static final String DELAY_MAX = "mmm.chunk.max.delay.max.ms";
  private static final String ACK = "mmm.ack.limit";
  private static final String ACK_MAX = "mmm.ack.limit.max";

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    def.define(
        STREAM,
        ConfigDef.Type.STRING,
        "mmm",
        Importance.MEDIUM,
        "Stream whose events in the shape of MMM's are served by GraphQL. It has one partition.",
        GROUP,
        1,
        Width.MEDIUM,
        STREAM);
    number(def, 2, CHUNK, 1, 100, "Most events at once, for clients that give no chunkSize.");
    number(def, 3, CHUNK_MAX, 1, 1_000, "Highest chunkSize; a higher one is taken for it.");
    number(
        def,
        4,
        DELAY,
        0,
        200,
        "Milliseconds that a chunk which is not full waits for more, for clients that give no"
            + " chunkMaxDelay.");
    number(def, 5, DELAY_MAX, 0, 60_000, "Highest chunkMaxDelay; a higher one is taken for it.");
    number(
        def,
        6,
        ACK,
        1,
        1_000,
        "Most events past the last acknowledged one, for clients that give no ackLimit.");
    return number(
        def,
        7,
        ACK_MAX,
        1,
        10_000,
        "Highest ackLimit; a higher one is taken for it. The gateway remembers the number of each"
            + " event that is not acknowledged.");
  }

  private static ConfigDef number(
      ConfigDef def, int order, String key, int least, int standard, String text) {
    return def.define(
        key,
        ConfigDef.Type.INT,
        standard,
        Range.between(least, 1_000_000),
        Importance.LOW,
        text,
        GROUP,
        order,
        Width.SHORT,
        key);
  }

  /**
   * Reads the keys.
   *
   * @throws ConfigException naming the keys that do not go together
   */
  public static MmmConfig from(AbstractConfig config) {
    return new MmmConfig(
        config.getString(STREAM),
        limit(config, 1, CHUNK, CHUNK_MAX),
        limit(config, 0, DELAY, DELAY_MAX),
        limit(config, 1, ACK, ACK_MAX));
  }

  private static Limit limit(AbstractConfig config, int lowest, String standard, String highest) {
    int most = config.getInt(highest);
    int normal = config.getInt(standard);
    if (normal > most) {
      throw new ConfigException(standard, normal, "must not be above " + highest + ", " + most);
    }
    return new Limit(lowest, normal, most);
  }
}
