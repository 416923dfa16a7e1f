package io.millrace.source.push;

import io.cloudevents.CloudEvent;
import io.millrace.source.push.Continuity.Resumption;
import io.millrace.source.record.ConnectionGap;
import io.millrace.source.task.Batch;
import io.millrace.source.task.Incoming;
import io.millrace.source.task.Intake;
import io.millrace.source.task.Tally;
import io.millrace.source.task.TaskSetup;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what conversations have understood towards Kafka: drops what comes twice, adds an event
 * about each break, and holds the reader up while Kafka is behind. For the thread of the reader.
 */
public final class Arrivals implements Reception {

  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  // What had to wait is read when nothing came for a moment, or after a while at full speed.
  private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LONG_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final URI source;
  private final String connector;
  private final Tally tally;
  private final LongSupplier nanos;
  private final Continuity continuity;
  private final RecentIds ids;
  private final Consumer<String> malformed;
  private @Nullable String place;
  private @Nullable Intake intake;
  private @Nullable Conversation conversation;
  private Instant seen = Instant.EPOCH;
  private long listening;
  private long reading;

  /**
   * For one task.
   *
   * @param source the vendor's URL, without credentials
   * @param nanos a clock in nanoseconds that only goes forward, the conversations' too
   */
  public Arrivals(URI source, PushConfig config, TaskSetup task, LongSupplier nanos) {
    PushPosition stored = PushPosition.of(task.offset().isEmpty() ? null : task.offset());
    this.source = source;
    this.connector = task.connector();
    this.tally = task.tally();
    this.malformed = task::malformed;
    this.nanos = nanos;
    this.continuity = new Continuity(stored, config.limits().idle(), task.clock());
    this.ids = new RecentIds(config.remembered());
    this.place = stored == null ? null : stored.place();
  }

  /** Where the server should go on from; null for now. */
  @Nullable String place() {
    return place;
  }

  /** Since when the connection was read without a pause. */
  long reading() {
    return reading;
  }

  void begin(Intake to, Conversation with) {
    intake = to;
    conversation = with;
    reading = nanos.getAsLong();
  }

  /** The connection is listened to from now on. */
  void listen() {
    listening = nanos.getAsLong();
  }

  /**
   * The connection was listened to.
   *
   * @param something whether a message has come
   */
  void heard(boolean something) {
    long now = nanos.getAsLong();
    if (now - listening >= QUIET_NANOS || now - reading >= LONG_NANOS) {
      continuity.caughtUp();
    }
    if (something) {
      seen = continuity.heard();
    }
  }

  void ended() {
    continuity.ended();
  }

  /** The server does not go on from there. */
  void forgetPlace() {
    place = null;
  }

  @Override
  public void ready(boolean complete, @Nullable String at) {
    Resumption resumption = continuity.resume();
    place = at;
    if (intake == null || resumption == null) {
      return;
    }
    intake.connected();
    if (resumption.from() == null) {
      Instant to = resumption.to();
      tell(new ConnectionOpened(source, connector, to).event(), to);
    } else if (!complete) {
      gap(resumption.from(), resumption.to());
    }
  }

  @Override
  public void reached(@Nullable String at) {
    place = at;
  }

  @Override
  public void missed() {
    Resumption loss = continuity.lost();
    if (loss.from() != null) {
      gap(loss.from(), loss.to());
    }
  }

  private void gap(Instant from, Instant to) {
    tally.gap();
    LOG.warn("{} may have missed events of {} from {} to {}", connector, source, from, to);
    tell(new ConnectionGap(source, connector, from, to).event(), to);
  }

  @Override
  public void event(CloudEvent event, @Nullable String after, Runnable stored)
      throws InterruptedException {
    if (!continuity.running()) {
      ready(false, after);
    }
    String id = event.getSource() + "\n" + event.getId();
    continuity.arrived();
    switch (ids.came(id)) {
      case FIRST -> {
        place = after;
        put(
            new Batch(
                List.of(new Incoming(event, new PushPosition(seen, after).toOffset())),
                () -> {
                  ids.stored(id);
                  stored.run();
                }));
      }
      case UNDERWAY -> tally.duplicates(1);
      case STORED -> {
        tally.duplicates(1);
        stored.run();
      }
    }
  }

  @Override
  public void unreadable(String reason) {
    malformed.accept("From " + source + " " + reason);
  }

  /** An event of ours is small, so that it needs no room. */
  private void tell(CloudEvent event, Instant at) {
    if (intake != null) {
      intake.add(new Batch(List.of(new Incoming(event, new PushPosition(at, place).toOffset()))));
    }
  }

  private void put(Batch batch) throws InterruptedException {
    if (intake == null || conversation == null || intake.add(batch)) {
      return;
    }
    continuity.pause();
    CountDownLatch room = new CountDownLatch(1);
    intake.whenRoom(room::countDown);
    Duration wait = conversation.speak();
    while (!room.await(wait.toNanos(), TimeUnit.NANOSECONDS)) {
      wait = conversation.speak();
    }
    reading = nanos.getAsLong();
  }
}
