package io.millrace.embedded;

import java.nio.file.Path;
import java.util.Properties;

/** Kafka's settings for one node that is broker and controller, all by itself. */
final class BrokerSettings {

  static final int NODE_ID = 1;
  static final String LISTENER = "PLAINTEXT";
  static final String CONTROLLER = "CONTROLLER";

  private BrokerSettings() {}

  static Path logFolder(BrokerOptions options) {
    return options.dataFolder().resolve("log");
  }

  static Properties of(BrokerOptions options) {
    Properties settings = new Properties();
    node(settings, options);
    alone(settings);
    quickToNoticeTheDead(settings);
    small(settings);
    settings.putAll(options.settings());
    return settings;
  }

  private static void node(Properties settings, BrokerOptions options) {
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("process.roles", "broker,controller");
    settings.put("log.dirs", logFolder(options).toString());
    settings.put(
        "listeners",
        LISTENER + "://" + options.listen() + "," + CONTROLLER + "://" + Endpoint.loopback(0));
    settings.put(
        "listener.security.protocol.map", LISTENER + ":PLAINTEXT," + CONTROLLER + ":PLAINTEXT");
    settings.put("inter.broker.listener.name", LISTENER);
    settings.put("controller.listener.names", CONTROLLER);
    // Kafka demands an address here; the true one is known, and given, once the port is bound.
    settings.put("controller.quorum.voters", NODE_ID + "@0.0.0.0:0");
    settings.put("auto.create.topics.enable", "false");
  }

  /** One node can neither replicate nor wait for others to join. */
  private static void alone(Properties settings) {
    for (String topic :
        new String[] {"offsets.topic", "transaction.state.log", "share.coordinator.state.topic"}) {
      settings.put(topic + ".replication.factor", "1");
      settings.put(topic + ".num.partitions", "1");
    }
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("group.streams.initial.rebalance.delay.ms", "0");
  }

  /**
   * After SIGKILL this node, and every client in its JVM, comes back to find its former self still
   * registered, and waits until that one is taken for dead. Kafka's times are for networks; these
   * are for one machine.
   */
  private static void quickToNoticeTheDead(Properties settings) {
    settings.put("broker.session.timeout.ms", "3000");
    settings.put("broker.heartbeat.interval.ms", "500");
    settings.put("group.min.session.timeout.ms", "1000");
    for (String kind : new String[] {"consumer", "share", "streams"}) {
      settings.put("group." + kind + ".min.session.timeout.ms", "1000");
      settings.put("group." + kind + ".session.timeout.ms", "3000");
      settings.put("group." + kind + ".min.heartbeat.interval.ms", "500");
      settings.put("group." + kind + ".heartbeat.interval.ms", "750");
    }
    settings.put("num.recovery.threads.per.data.dir", "2");
  }

  /** Threads and buffers for a laptop; Kafka's defaults take 128 MB for the log cleaner alone. */
  private static void small(Properties settings) {
    settings.put("log.cleaner.dedupe.buffer.size", "8388608");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("background.threads", "2");
  }
}
