package io.millrace.server.events.outbox;

import io.cloudevents.CloudEvent;
import io.millrace.model.event.EventRecords;
import io.millrace.server.events.EventData;
import io.millrace.server.events.EventDataMapping;
import io.millrace.server.events.EventNotifier;
import io.millrace.server.events.EventStatus;
import io.millrace.server.events.Notification;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Raises events as part of a database transaction: an event is stored by the connection that does
 * the transaction's other work, and an {@link OutboxRelay} raises it once that has committed, at
 * least once, in the order of a key. If the transaction is rolled back there is no event.
 *
 * <p>The handle's status stays {@code SUBMITTED}, and its completion says that the event is stored.
 */
public final class OutboxNotifier implements EventNotifier {

  /** Gives the connection of the transaction that the calling thread is in; it stays open. */
  @FunctionalInterface
  public interface CurrentConnection {
    Connection get() throws SQLException;
  }

  private final OutboxTable table;
  private final URI producer;
  private final CurrentConnection connection;

  /**
   * For the transactions of a thread.
   *
   * @param producer the CloudEvents source of the events
   */
  public OutboxNotifier(OutboxTable table, URI producer, CurrentConnection connection) {
    this.table = table;
    this.producer = producer;
    this.connection = connection;
  }

  /**
   * Stores the event.
   *
   * @throws IllegalArgumentException if it is none
   * @throws IllegalStateException if the connection is in no transaction
   * @throws OutboxException if the database refuses; the transaction is to be rolled back
   */
  @Override
  public Notification notify(EventData eventData) {
    CloudEvent event = EventDataMapping.write(eventData, producer);
    byte[] key = EventRecords.key(event);
    String keyText = key == null ? null : new String(key, StandardCharsets.UTF_8);
    try {
      Connection current = connection.get();
      if (current.getAutoCommit()) {
        throw new IllegalStateException("the connection commits by itself: begin a transaction");
      }
      try (PreparedStatement insert = current.prepareStatement(table.insert())) {
        insert.setInt(1, OutboxTable.lane(keyText == null ? event.getId() : keyText));
        insert.setString(2, event.getId());
        insert.setString(3, keyText);
        insert.setString(4, StoredEvent.write(event));
        insert.executeUpdate();
      }
    } catch (SQLException e) {
      throw new OutboxException(e);
    }
    return new Stored(event.getId());
  }

  private record Stored(String getEventId) implements Notification {

    @Override
    public EventStatus getStatus() {
      return EventStatus.SUBMITTED;
    }

    @Override
    public CompletionStage<Void> completion() {
      return CompletableFuture.completedFuture(null);
    }
  }
}
