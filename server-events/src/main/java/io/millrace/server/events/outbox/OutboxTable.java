package io.millrace.server.events.outbox;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The tables of an outbox. Events of one key are in one lane; a relay holds the lane's row locked
 * while it raises them, so that there may be several relays and the order of a key is kept.
 *
 * @param name of the table of events, with its schema if need be; that of lanes adds {@code _lane}
 */
public record OutboxTable(String name) {

  static final int LANES = 16;

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?");

  /** The tables {@code server_event_outbox} and {@code server_event_outbox_lane}. */
  public OutboxTable() {
    this("server_event_outbox");
  }

  public OutboxTable {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("name is no plain name of a table: " + name);
    }
  }

  /** The statements that make the tables, in PostgreSQL's SQL. */
  public List<String> ddl() {
    String index = name.replace('.', '_') + "_waiting";
    String lanes =
        IntStream.range(0, LANES).mapToObj("(%d)"::formatted).collect(Collectors.joining(", "));
    return List.of(
        """
        CREATE TABLE %s (
          position  BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
          lane      SMALLINT NOT NULL,
          event_id  VARCHAR(255) NOT NULL UNIQUE,
          event_key VARCHAR(1024),
          event     TEXT NOT NULL,
          failure   VARCHAR(1000)
        )"""
            .formatted(name),
        "CREATE INDEX %s ON %s (lane, position) WHERE failure IS NULL".formatted(index, name),
        "CREATE TABLE %s (lane SMALLINT PRIMARY KEY)".formatted(lanes()),
        "INSERT INTO %s (lane) VALUES %s".formatted(lanes(), lanes));
  }

  String insert() {
    return "INSERT INTO %s (lane, event_id, event_key, event) VALUES (?, ?, ?, ?)".formatted(name);
  }

  /** Locks a lane that has events and that no other relay holds, going round from a lane on. */
  String lockLane() {
    return """
        SELECT l.lane FROM %s l
        WHERE EXISTS (SELECT 1 FROM %s e WHERE e.lane = l.lane AND e.failure IS NULL)
        ORDER BY MOD(l.lane + ?, %d) LIMIT 1 FOR UPDATE SKIP LOCKED"""
        .formatted(lanes(), name, LANES);
  }

  String oldest() {
    return """
        SELECT position, event_key, event FROM %s
        WHERE lane = ? AND failure IS NULL ORDER BY position LIMIT ?"""
        .formatted(name);
  }

  String delete() {
    return "DELETE FROM %s WHERE position = ?".formatted(name);
  }

  String putAside() {
    return "UPDATE %s SET failure = ? WHERE position = ?".formatted(name);
  }

  private String lanes() {
    return name + "_lane";
  }

  static int lane(String keyOrId) {
    return Math.floorMod(keyOrId.hashCode(), LANES);
  }
}
