package io.millrace.gateway.subscription;

import io.millrace.filter.Tenants;
import io.millrace.filter.audience.RulesInForce;
import io.millrace.gateway.stream.Heads;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import io.millrace.model.subscription.SubscriptionJson;
import io.millrace.model.subscription.SubscriptionKey;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a node: puts them together, lets them run, and takes them apart. */
final class Running implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Running.class);

  // How long what was delivered may wait to be written.
  private static final Duration FLUSH = Duration.ofMillis(20);
  private static final Duration TIDY = Duration.ofSeconds(1);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(2);

  // Small, since every start reads the segment that is not compacted yet.
  private static final String SEGMENT_BYTES = "" + (32 << 20);

  private final Admin admin;
  private final ExecutorService executor;
  private final ScheduledThreadPoolExecutor timer;
  private final Nodes nodes = new Nodes(System::nanoTime);
  private final Node node;
  private final ProgressWriter progress;
  private final Abandoned abandoned;
  private final Polls polls;

  private Running(
      SubscriptionConfig config,
      Map<String, ?> clients,
      MillraceTopics topics,
      Tenants tenants,
      RulesInForce rules,
      Heads heads,
      Admin admin) {
    this.admin = admin;
    executor = Executors.newFixedThreadPool(config.deliveryThreads(), daemon("millrace-delivery"));
    timer = new ScheduledThreadPoolExecutor(1, daemon("millrace-subscription-timer"));
    // Polls are mostly answered long before their time.
    timer.setRemoveOnCancelPolicy(true);
    String name = UUID.randomUUID().toString();
    RecordWriter writer = new RecordWriter(clients, topics.subscriptions());
    Streams streams = new Streams(config, heads, tenants, rules, timer);
    Registry registry = new Registry(streams, nodes, System::nanoTime);
    progress = new ProgressWriter(writer, name, work -> later(work, RETRY));
    Acknowledging acknowledging = new Acknowledging(progress, this::later, System::nanoTime);
    node =
        new Node(
            name,
            topics,
            registry,
            streams,
            new RecordFollower(clients, new TopicPartition(topics.subscriptions(), 0), registry),
            writer,
            new Ends(admin),
            acknowledging,
            new Sessions(
                name,
                executor,
                timer,
                streams,
                writer,
                progress,
                acknowledging,
                config.inboxBytes()),
            executor,
            new Quota(registry, config.maxPerOwner()));
    polls = new Polls(node, new Waiters(node, timer));
    registry.onChange(polls::changed);
    abandoned = new Abandoned(node, nodes, config.retention(), Clock.systemUTC());
  }

  static Running start(
      SubscriptionConfig config,
      Map<String, ?> clients,
      MillraceTopics topics,
      Tenants tenants,
      RulesInForce rules,
      Heads heads)
      throws InterruptedException {
    Map<String, Object> settings = new HashMap<>(clients);
    Admin admin = Admin.create(settings);
    try {
      new TopicProvisioner(admin).ensure(List.of(topic(topics)));
    } catch (InterruptedException | RuntimeException e) {
      admin.close(CLOSE);
      throw e;
    }
    Running running = new Running(config, clients, topics, tenants, rules, heads, admin);
    running.begin();
    return running;
  }

  /** What a topic of subscriptions is like. */
  static NewTopic topic(MillraceTopics topics) {
    return TopicProvisioner.log(topics.subscriptions(), 1)
        .configs(
            Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_COMPACT,
                TopicConfig.SEGMENT_BYTES_CONFIG,
                SEGMENT_BYTES));
  }

  private void begin() {
    node.follower().start();
    every(FLUSH, progress::flush);
    every(Nodes.BEAT, this::beat);
    every(TIDY, this::tidy);
    every(TIDY, polls::tidy);
    every(abandoned.interval(), abandoned::discard);
  }

  private void beat() {
    var unused = node.writer().put(new SubscriptionKey.Node(node.name()), SubscriptionJson.alive());
  }

  private void tidy() {
    for (Stream stream : node.streams().all()) {
      stream.head.trim();
      node.streams().recount(stream);
    }
  }

  private void every(Duration interval, Runnable work) {
    Runnable safe =
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            LOG.warn("Something that is done every {} failed", interval, e);
          }
        };
    var unused =
        timer.scheduleWithFixedDelay(
            safe, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void later(Runnable work, Duration delay) {
    if (!timer.isShutdown()) {
      var unused = timer.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  Node node() {
    return node;
  }

  Polls polls() {
    return polls;
  }

  Nodes nodes() {
    return nodes;
  }

  @Override
  public void close() {
    polls.stop();
    for (Subscription subscription : node.registry().all()) {
      Delivery session = subscription.session();
      if (session != null) {
        session.end(SessionEnd.STOPPING);
      }
    }
    progress.flush();
    polls.flush();
    var unused = node.writer().put(new SubscriptionKey.Node(node.name()), null);
    timer.shutdownNow();
    node.writer().close();
    node.streams().close();
    node.follower().close();
    executor.shutdown();
    admin.close(CLOSE);
  }

  private static ThreadFactory daemon(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }
}
