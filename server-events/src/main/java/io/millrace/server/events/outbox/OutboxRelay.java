package io.millrace.server.events.outbox;

import io.millrace.server.events.EventBus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Raises what stands in an outbox, on a thread of its own.
 *
 * <pre>
 *   lock a lane ──► read its oldest ──► raise, wait for the broker ──► delete ──► commit
 * </pre>
 *
 * A crash at any arrow loses nothing. Between raising and commit it makes the events of one batch
 * come again, with the ids that they had. Several relays, in one process or many, share the lanes.
 */
public final class OutboxRelay implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(OutboxRelay.class);

  private final DataSource source;
  private final EventBus bus;
  private final OutboxTable table;
  private final Duration interval;
  private final int batch;
  private final Consumer<Step> steps;
  private final Semaphore wake = new Semaphore(0);
  private final LongAdder relayed = new LongAdder();
  private final Thread thread = new Thread(this::run, "server-events-outbox");
  private volatile boolean closed;
  private int turn;

  /**
   * A relay that looks five times a second and raises up to 200 events in a transaction.
   *
   * @param source of connections to the database with the outbox
   * @param bus that the events are raised on; stays open
   */
  public OutboxRelay(DataSource source, EventBus bus, OutboxTable table) {
    this(source, bus, table, Duration.ofMillis(200), 200);
  }

  /**
   * A relay.
   *
   * @param interval between looks at an empty outbox
   * @param batch most events of a transaction, which is most that come again after a crash
   */
  public OutboxRelay(
      DataSource source, EventBus bus, OutboxTable table, Duration interval, int batch) {
    this(source, bus, table, interval, batch, step -> {});
  }

  OutboxRelay(
      DataSource source,
      EventBus bus,
      OutboxTable table,
      Duration interval,
      int batch,
      Consumer<Step> steps) {
    if (interval.isNegative() || interval.isZero() || batch < 1) {
      throw new IllegalArgumentException("interval and batch must be positive");
    }
    this.source = source;
    this.bus = bus;
    this.table = table;
    this.interval = interval;
    this.batch = batch;
    this.steps = steps;
    this.thread.setDaemon(true);
  }

  /** Begins to relay. Does nothing the second time, or after the end. */
  public synchronized void start() {
    if (!closed && thread.getState() == Thread.State.NEW) {
      thread.start();
    }
  }

  /** Looks at once; for whoever has just committed. */
  public void wake() {
    wake.release();
  }

  /** How many events were raised and removed so far. */
  public long relayed() {
    return relayed.sum();
  }

  /** Ends after the transaction that is under way; waits for it up to 30 seconds. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    wake.release();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    thread.interrupt();
  }

  private void run() {
    try {
      while (!closed) {
        if (!relayOrReport()) {
          boolean unused = wake.tryAcquire(interval.toMillis(), TimeUnit.MILLISECONDS);
          wake.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean relayOrReport() throws InterruptedException {
    try {
      return relay();
    } catch (SQLException | RuntimeException e) {
      LOG.warn(
          "The outbox {} cannot be relayed and is tried again: {}", table.name(), e.toString());
      return false;
    }
  }

  /** Whether anything was done. */
  private boolean relay() throws SQLException, InterruptedException {
    try (Connection connection = source.getConnection()) {
      connection.setAutoCommit(false);
      // What the lane's last holder deleted must be seen once its lock is had.
      connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
      try {
        boolean done = relay(connection);
        connection.commit();
        steps.accept(Step.COMMITTED);
        return done;
      } catch (SQLException | RuntimeException | InterruptedException e) {
        connection.rollback();
        throw e;
      }
    }
  }

  private boolean relay(Connection connection) throws SQLException, InterruptedException {
    OptionalInt lane = lockLane(connection);
    if (lane.isEmpty()) {
      return false;
    }
    steps.accept(Step.LOCKED);
    turn = OutboxTable.LANES - lane.getAsInt() - 1; // The lane after this one is next.
    List<StoredEvent> events = oldest(connection, lane.getAsInt());
    steps.accept(Step.READ);
    Wave wave = new Wave(bus, events);
    wave.raise();
    if (wave.failure != null) {
      LOG.warn(
          "Events of the outbox {} could not be raised and are raised again: {}",
          table.name(),
          wave.failure.toString());
    }
    steps.accept(Step.RAISED);
    delete(connection, wave.raised);
    putAside(connection, wave.rejected);
    steps.accept(Step.DELETED);
    relayed.add(wave.raised.size());
    return !wave.raised.isEmpty() || !wave.rejected.isEmpty();
  }

  private OptionalInt lockLane(Connection connection) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement(table.lockLane())) {
      lock.setInt(1, turn);
      try (ResultSet found = lock.executeQuery()) {
        return found.next() ? OptionalInt.of(found.getInt(1)) : OptionalInt.empty();
      }
    }
  }

  private List<StoredEvent> oldest(Connection connection, int lane) throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(table.oldest())) {
      select.setInt(1, lane);
      select.setInt(2, batch);
      List<StoredEvent> events = new ArrayList<>();
      try (ResultSet found = select.executeQuery()) {
        while (found.next()) {
          events.add(new StoredEvent(found.getLong(1), found.getString(2), found.getString(3)));
        }
      }
      return events;
    }
  }

  private void delete(Connection connection, List<StoredEvent> events) throws SQLException {
    try (PreparedStatement delete = connection.prepareStatement(table.delete())) {
      for (StoredEvent event : events) {
        delete.setLong(1, event.position());
        delete.addBatch();
      }
      int[] unused = delete.executeBatch();
    }
  }

  private void putAside(Connection connection, Map<StoredEvent, String> events)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(table.putAside())) {
      for (Map.Entry<StoredEvent, String> event : events.entrySet()) {
        LOG.warn(
            "The event at position {} of outbox {} is put aside: {}",
            event.getKey().position(),
            table.name(),
            event.getValue());
        update.setString(1, event.getValue());
        update.setLong(2, event.getKey().position());
        update.addBatch();
      }
      int[] unused = update.executeBatch();
    }
  }
}
