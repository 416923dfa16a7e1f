package io.millrace.router;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.millrace.filter.FilterIndex;
import io.millrace.management.Health;
import io.millrace.model.kafka.DefinitionFollower;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.SecurityFollower;
import io.millrace.model.kafka.TopicProvisioner;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running router. Definitions are followed from before the first event is routed, so that a
 * restart loses nothing for emitters that are defined. Safe for use by several threads.
 */
public final class Router implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Router.class);
  private static final Duration CATCH_UP = Duration.ofMinutes(2);
  private static final Duration SETTLE = Duration.ofSeconds(15);
  private static final Duration STOP = Duration.ofSeconds(4);
  private static final Duration ADMIN_STOP = Duration.ofSeconds(1);

  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private volatile @Nullable KafkaStreams streams;
  private volatile @Nullable Lanes lanes;
  private volatile boolean ranOnce;

  private Router() {}

  /**
   * Returns when all definitions are known and routing begins.
   *
   * @param registry takes the router's meters, see {@link RouterMetrics}, and those of its Kafka
   *     clients
   * @throws KafkaException if the cluster cannot be reached or refuses
   * @throws InterruptedException if interrupted while starting; then nothing runs
   */
  public static Router start(RouterConfig config, MeterRegistry registry)
      throws InterruptedException {
    Router router = new Router();
    try {
      router.run(config, registry);
      return router;
    } catch (RuntimeException | InterruptedException e) {
      router.close();
      throw e;
    }
  }

  private void run(RouterConfig config, MeterRegistry registry) throws InterruptedException {
    MillraceTopics topics = config.topics();
    Admin admin = Admin.create(config.clientSettings());
    // By itself it would wait a minute for a broker that is away.
    parts.push(() -> admin.close(ADMIN_STOP));
    ensureControlTopics(admin, topics);

    registry.config().meterFilter(MeterFilter.deny(Router::isPerTopic));
    RouterMetrics metrics = new RouterMetrics(registry);
    FilterIndex<Lane> index = new FilterIndex<>(Lane::filterFailed);
    LaneTopics laneTopics = LaneTopics.of(admin, config.emitterPartitions());
    laneTopics.look();
    OwnerAudience audience = new OwnerAudience(Clock.systemUTC());
    follow(config, topics, audience);
    Lanes known = new Lanes(topics, laneTopics, index, audience, metrics);
    lanes = known;
    opened(new LaneUpkeep(known)).start();
    follow(config, topics, known);

    var undelivered =
        new UndeliveredHandler.Context(known, topics.deadLetters(), metrics, Clock.systemUTC());
    KafkaStreams routing =
        new KafkaStreams(
            RoutingTopology.of(topics, index, audience, metrics),
            StreamsSettings.of(config, undelivered));
    parts.push(() -> stop(routing));
    routing.setUncaughtExceptionHandler(new ThreadReplacement(Clock.systemUTC()));
    routing.setStateListener((now, before) -> changed(now));
    streams = routing;
    opened(new KafkaStreamsMetrics(routing)).bindTo(registry);
    routing.start();
    LOG.info("Routing {} to {} emitters", topics.streams(), known.size());
  }

  /** Whether events are routed now, and how many emitters there are. */
  public Health health() {
    KafkaStreams routing = streams;
    Lanes known = lanes;
    Map<String, String> words = new LinkedHashMap<>();
    if (routing == null || known == null) {
      words.put("router", "starting");
      return new Health(false, words);
    }
    words.put("router", routing.state().name());
    words.put("emitters", known.size() + " routed, " + known.waiting() + " waiting");
    return new Health(ranOnce && routing.state().isRunningOrRebalancing(), words);
  }

  /** Waits until the router was closed, or stopped by itself after failing again and again. */
  public void awaitStopped() throws InterruptedException {
    stopped.await();
  }

  /** Whether the router stopped by itself. */
  public boolean hasFailed() {
    KafkaStreams routing = streams;
    return routing != null && routing.state() == KafkaStreams.State.ERROR;
  }

  /** Stops within about five seconds; what was read and not committed is read again later. */
  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOG.warn("A part of the router did not stop cleanly", e);
      }
    }
    stopped.countDown();
  }

  /** Thousands of emitters would give the clients' meters thousands of tags. */
  private static boolean isPerTopic(Meter.Id id) {
    return id.getName().startsWith("kafka.producer.topic.")
        || id.getName().startsWith("kafka.stream.topic.");
  }

  private static void ensureControlTopics(Admin admin, MillraceTopics topics)
      throws InterruptedException {
    new TopicProvisioner(admin)
        .ensure(
            List.of(
                TopicProvisioner.compacted(topics.emitters()),
                TopicProvisioner.compacted(topics.security()),
                TopicProvisioner.log(topics.deadLetters(), 1)));
  }

  /**
   * Before definitions, so that no event goes to a user of whom it is not known what he may see.
   */
  private void follow(RouterConfig config, MillraceTopics topics, OwnerAudience audience)
      throws InterruptedException {
    var follower = opened(new SecurityFollower(config.clientSettings(), topics, audience)).start();
    if (!follower.awaitCaughtUp(CATCH_UP)) {
      throw new KafkaException("who may see what could not be read within " + CATCH_UP);
    }
  }

  private void follow(RouterConfig config, MillraceTopics topics, Lanes known)
      throws InterruptedException {
    var follower = opened(new DefinitionFollower(config.clientSettings(), topics, known)).start();
    if (!follower.awaitCaughtUp(CATCH_UP)) {
      throw new KafkaException("the emitter definitions could not be read within " + CATCH_UP);
    }
    if (!known.awaitSettled(SETTLE)) {
      LOG.warn("Routing begins without {} emitters that still wait", known.waiting());
    }
  }

  private void changed(KafkaStreams.State now) {
    if (now == KafkaStreams.State.RUNNING) {
      ranOnce = true;
    } else if (now == KafkaStreams.State.ERROR) {
      stopped.countDown();
    }
  }

  private static void stop(KafkaStreams routing) {
    // Who stays in the group makes the next start wait until the session ends.
    routing.close(
        CloseOptions.timeout(STOP)
            .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP));
  }

  private <T extends AutoCloseable> T opened(T part) {
    parts.push(part);
    return part;
  }
}
