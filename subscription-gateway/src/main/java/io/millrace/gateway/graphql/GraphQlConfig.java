package io.millrace.gateway.graphql;

import java.time.Duration;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * How much an operation may be.
 *
 * @param maxCharacters of a document
 * @param maxTokens of a document; whitespace does not count
 * @param maxDepth of fields within fields; tools that ask for the schema need 15
 * @param maxFields of an operation, fragments counted wherever they are spread
 * @param timeout within which a query or mutation must be answered, and a subscription begun
 * @param cacheCharacters of documents kept in memory, read and validated
 */
public record GraphQlConfig(
    int maxCharacters,
    int maxTokens,
    int maxDepth,
    int maxFields,
    Duration timeout,
    int cacheCharacters) {

  private static final String GROUP = "GraphQL";

  private static final String CHARACTERS = "graphql.max.characters";
  private static final String TOKENS = "graphql.max.tokens";
  private static final String DEPTH = "graphql.max.depth";
  private static final String FIELDS = "graphql.max.fields";
  private static final String TIMEOUT = "graphql.timeout.ms";
  private static final String CACHE = "graphql.cache.characters";

  /** Adds the keys. */
  public static ConfigDef define(ConfigDef def) {
    return def.define(
            CHARACTERS,
            ConfigDef.Type.INT,
            1 << 15,
            Range.between(1_000, 1 << 20),
            Importance.LOW,
            "Most characters of a GraphQL document.",
            GROUP,
            1,
            Width.SHORT,
            CHARACTERS)
        .define(
            TOKENS,
            ConfigDef.Type.INT,
            5_000,
            Range.between(500, 100_000),
            Importance.LOW,
            "Most tokens of a GraphQL document.",
            GROUP,
            2,
            Width.SHORT,
            TOKENS)
        .define(
            DEPTH,
            ConfigDef.Type.INT,
            20,
            Range.between(15, 100),
            Importance.LOW,
            "Most levels of fields within fields. Tools that ask for the schema need 15.",
            GROUP,
            3,
            Width.SHORT,
            DEPTH)
        .define(
            FIELDS,
            ConfigDef.Type.INT,
            500,
            Range.between(100, 100_000),
            Importance.LOW,
            "Most fields of an operation, those of a fragment counted wherever it is spread.",
            GROUP,
            4,
            Width.SHORT,
            FIELDS)
        .define(
            TIMEOUT,
            ConfigDef.Type.INT,
            60_000,
            Range.atLeast(100),
            Importance.LOW,
            "Milliseconds within which a query or mutation is answered and a subscription begins;"
                + " else it is told that it took too long.",
            GROUP,
            5,
            Width.SHORT,
            TIMEOUT)
        .define(
            CACHE,
            ConfigDef.Type.INT,
            1 << 18,
            Range.between(0, 1 << 26),
            Importance.LOW,
            "Characters of documents that are kept in memory, read and validated; each takes some"
                + " hundred bytes.",
            GROUP,
            6,
            Width.SHORT,
            CACHE);
  }

  /** Reads the keys. */
  public static GraphQlConfig from(AbstractConfig config) {
    return new GraphQlConfig(
        config.getInt(CHARACTERS),
        config.getInt(TOKENS),
        config.getInt(DEPTH),
        config.getInt(FIELDS),
        Duration.ofMillis(config.getInt(TIMEOUT)),
        config.getInt(CACHE));
  }
}
