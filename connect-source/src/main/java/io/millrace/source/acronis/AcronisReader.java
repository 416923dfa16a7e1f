package io.millrace.source.acronis;

import io.millrace.source.http.Calls;
import io.millrace.source.task.Batch;
import io.millrace.source.task.Intake;
import io.millrace.source.task.Reader;
import io.millrace.source.task.TaskSetup;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Polls a subscription, each time from where the poll before it led. */
final class AcronisReader implements Reader {

  private static final Logger LOG = LoggerFactory.getLogger(AcronisReader.class);
  private static final Duration USUAL_PAUSE = Duration.ofSeconds(1);

  private final AcronisConfig config;
  private final TaskSetup setup;
  private final EventManager manager;
  private final EventReading reading;
  private final @Nullable UpstreamCommits commits;
  private final String subscription;
  // All only of the reading thread.
  private @Nullable AcronisPosition position;
  private boolean ensured;
  private boolean waitsForSession;

  AcronisReader(AcronisConfig config, TaskSetup setup) {
    this.config = config;
    this.setup = setup;
    this.subscription = config.subscription();
    this.position = AcronisPosition.read(setup.offset());
    this.manager =
        new EventManager(
            Calls.of(setup.props(), config.credentials(), setup.clock()), config.url());
    this.reading = new EventReading(setup, config.fetchesData() ? new DataRefs(manager) : null);
    Duration interval = config.commitInterval();
    this.commits = interval == null ? null : new UpstreamCommits(manager, subscription, interval);
  }

  @Override
  public void read(Intake intake) throws IOException, InterruptedException {
    ensureSubscription();
    AcronisPosition from = position == null ? begin() : position;
    position = from;
    HttpResponse<byte[]> answer =
        manager.events(
            subscription,
            config.consumer(),
            from.offset(),
            config.pollTimeout(),
            config.pollLimit());
    switch (answer.statusCode()) {
      case EventManager.OK -> take(answer, from, intake);
      case EventManager.ACCEPTED -> {
        holdsSession(intake);
        pause(answer);
      }
      case EventManager.TOO_MANY -> {
        setup.tally().connected(false);
        if (!waitsForSession) {
          LOG.info("Subscription {}: another consumer reads it, or too often", subscription);
        }
        waitsForSession = true;
        pause(answer);
      }
      default -> throw manager.failure(answer, "Reading subscription " + subscription);
    }
  }

  private void ensureSubscription() throws IOException, InterruptedException {
    SubscriptionConfig wanted = config.wanted();
    if (!ensured && wanted.create() && manager.subscribe(wanted.json(subscription))) {
      LOG.info("Subscription {} is created", subscription);
    }
    ensured = true;
  }

  private AcronisPosition begin() throws IOException, InterruptedException {
    long offset =
        config.start() == StartPosition.STORED
            ? manager.storedOffset(subscription)
            : manager.topicOffset(
                Objects.requireNonNull(config.wanted().topic()),
                config.start(),
                config.startTimestamp());
    return new AcronisPosition(offset, null);
  }

  private void take(HttpResponse<byte[]> answer, AcronisPosition from, Intake intake)
      throws IOException, InterruptedException {
    EventReading.Taken taken = reading.take(Page.read(answer.body()), from);
    holdsSession(intake);
    AcronisPosition next = taken.next();
    intake.put(
        commits == null
            ? new Batch(taken.events())
            : new Batch(taken.events(), () -> commits.reached(next.offset())));
    position = next;
    if (next.equals(from)) {
      // Nothing has moved: asked again at once, it would be the same.
      pause(answer);
    }
  }

  private void holdsSession(Intake intake) {
    waitsForSession = false;
    intake.connected();
  }

  private void pause(HttpResponse<?> answer) throws InterruptedException {
    Duration asked = manager.retryAfter(answer);
    setup.sleeper().sleep(asked == null ? USUAL_PAUSE : asked);
  }

  @Override
  public void close() {
    if (commits != null) {
      commits.close();
    }
  }
}
