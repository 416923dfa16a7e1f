package io.millrace.gateway.live;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.filter.InvalidFilterException;
import io.millrace.filter.Tenants;
import io.millrace.filter.audience.Audience;
import io.millrace.filter.audience.Viewer;
import io.millrace.gateway.stream.CatchUp;
import io.millrace.gateway.stream.Heads;
import io.millrace.model.emitter.EventFilter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All sessions that follow the heads of the streams. Each stream is read once for all of them; each
 * event is matched once, judged once by the audience, and written once in each format; each session
 * gets it from one of a few threads that do nothing else. Nothing that a client does holds up
 * another, or whoever reads the stream.
 *
 * <p>Safe for use by several threads; no method waits.
 */
public final class LiveSessions implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LiveSessions.class);
  private static final long PATIENCE_SECONDS = 15;

  private final Interests interests;
  private final LiveMetrics metrics;
  private final CatchUp catchUp;
  private final LiveStreams streams;
  private final Shared shared;
  private final List<Lane> lanes = new ArrayList<>();

  private LiveSessions(
      LiveConfig config, Heads heads, Tenants tenants, Audience audience, MeterRegistry registry) {
    this.interests = new Interests(tenants, config.threads());
    this.metrics = new LiveMetrics(registry, interests, config.slow());
    this.catchUp = new CatchUp("millrace-live-catch-up-", config.catchUpThreads(), heads.readers());
    this.streams =
        new LiveStreams(
            heads,
            config,
            tail -> lanes.forEach(lane -> lane.execute(() -> lane.add(tail))),
            () -> lanes.forEach(Lane::wake));
    this.shared = new Shared(interests, audience, streams::ends);
    for (int i = 0; i < config.threads(); i++) {
      lanes.add(new Lane(i, config, interests, catchUp::submit, metrics));
    }
  }

  /**
   * Begins to serve; nothing is read before somebody {@linkplain #ready asks}.
   *
   * @param heads reads the streams; to be closed by the caller, after this
   * @param audience who may see what; asked for each event
   */
  public static LiveSessions start(
      LiveConfig config, Heads heads, Tenants tenants, Audience audience, MeterRegistry registry) {
    LiveSessions sessions = new LiveSessions(config, heads, tenants, audience, registry);
    sessions.catchUp.start();
    sessions.lanes.forEach(Lane::start);
    return sessions;
  }

  /**
   * Sessions follow these streams, too. Waits until that is so, if there are sessions; but not for
   * long, should Kafka not answer.
   */
  public void follow(Collection<String> names) {
    try {
      streams.add(names).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      LOG.warn("Live sessions do not follow all streams yet: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * To be asked before a session is opened. Completes, on any thread, when all streams are
   * followed; fails if that takes long, since Kafka does not answer.
   */
  public CompletionStage<Void> ready() {
    CompletableFuture<Void> followed = streams.follow();
    return followed.isDone()
        ? followed
        : followed.copy().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Refuses a filter that no session can have.
   *
   * @throws InvalidFilterException if it cannot be compiled
   */
  public void check(EventFilter filter) throws InvalidFilterException {
    interests.check(filter);
  }

  /** Those of the positions' places that there are not. */
  public Set<Place> unknown(Positions positions) {
    Set<Place> unknown = new TreeSet<>(positions.ids().keySet());
    unknown.removeIf(place -> streams.find(place).isPresent());
    return unknown;
  }

  /**
   * Opens a session, after {@link #ready}. It gets what is published after this returns, and may
   * get a little of what was published just before; or everything behind the given positions, and
   * nothing twice.
   *
   * @param filters what it wants
   * @param after how far it has come; places that are not named begin at their newest ends; null if
   *     there are no such positions. Places that are {@link #unknown} are passed over
   * @throws InvalidFilterException if a filter cannot be compiled
   */
  public LiveSession open(
      Viewer viewer,
      Collection<EventFilter> filters,
      @Nullable Positions after,
      LiveReceiver receiver)
      throws InvalidFilterException {
    Lane lane = lanes.stream().min(Comparator.comparingInt(Lane::load)).orElseThrow();
    LiveSession session = new LiveSession(shared, lane, viewer, receiver, streams.ends());
    session.wish(filters, false);
    // Only now: what came before may have been matched without the filters.
    Offsets position = streams.ends();
    if (after != null) {
      after
          .ids()
          .forEach((place, id) -> streams.find(place).ifPresent(tail -> position.set(tail, id)));
    }
    session.begin(position);
    lane.open(session, after != null);
    return session;
  }

  /** Ends all sessions without a word; their sockets are closed before. */
  @Override
  public void close() {
    catchUp.close();
    lanes.forEach(Lane::close);
  }
}
