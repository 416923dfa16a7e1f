package io.millrace.embedded;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import kafka.server.StandardFaultHandlerFactory;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.BrokerState;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.server.ServerSocketFactory;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Controller and broker of one node, put together as {@link KafkaRaftServer} does it. That class
 * tells neither which port it bound nor lets the controller choose its own, so two tests at a time
 * could take each other's.
 */
final class BrokerNode {

  private final ControllerServer controller;
  private final BrokerServer broker;

  BrokerNode(Properties settings) {
    KafkaConfig config = KafkaConfig.fromProps(settings, false);
    Tuple2<MetaPropertiesEnsemble, BootstrapMetadata> folders =
        KafkaRaftServer.initializeLogDirs(config, LoggerFactory.getLogger(BrokerNode.class), "");
    CompletableFuture<Map<Integer, InetSocketAddress>> voters = new CompletableFuture<>();
    SharedServer shared =
        new SharedServer(
            config,
            folders._1(),
            Time.SYSTEM,
            new Metrics(),
            voters,
            List.of(),
            new StandardFaultHandlerFactory(),
            ServerSocketFactory.INSTANCE);
    broker = new BrokerServer(shared);
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), folders._2());
    CompletableFuture<Boolean> unused =
        controller
            .socketServerFirstBoundPortFuture()
            .thenApply(port -> voters.complete(Map.of(BrokerSettings.NODE_ID, address(port))));
  }

  void start() {
    controller.startup();
    broker.startup();
  }

  int port() {
    return broker.boundPort(ListenerName.normalised(BrokerSettings.LISTENER));
  }

  boolean running() {
    return broker.brokerState() == BrokerState.RUNNING;
  }

  /** The broker first: it hands its partitions over to the controller, orderly. */
  void stop() {
    broker.shutdown();
    controller.shutdown();
  }

  private static InetSocketAddress address(int port) {
    return new InetSocketAddress(Endpoint.loopback(port).host(), port);
  }
}
