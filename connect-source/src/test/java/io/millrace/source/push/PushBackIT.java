package io.millrace.source.push;

import static io.millrace.source.push.SourceWorker.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.source.push.SourceWorker.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A stream that takes nothing for a while, and a vendor that does not stop. */
class PushBackIT {

  private static final int COUNT = 15_000;
  private static final int SIZE = 4_000;
  // Far more than sockets and buffers hold in all.
  private static final int STUCK = 20_000_000;

  @TempDir private static Path plugins;
  private static SourceWorker worker;

  @BeforeAll
  static void start() throws Exception {
    worker = SourceWorker.start(plugins);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @ParameterizedTest
  @EnumSource
  void theServerFeelsThatKafkaTakesNothing(Vendor vendor) throws Exception {
    Map<String, String> config;
    try (VendorServer server = vendor.start()) {
      config = vendor.config(server);
      config.put("buffer.max.events", "100");
      config.put("producer.override.buffer.memory", "1000000");
      try (Source source = worker.run(config)) {
        eventually("listening").until(() -> vendor.push(server, "first") > 0);
        source.eventsUpTo("first");
        stream(source, "2");
        int pings = pings(server);
        vendor.burst(server, COUNT, SIZE);

        eventually("felt").until(() -> pings(server) > pings + 2 && buffered(server) > STUCK);
        List<String> early = acknowledged(server);
        assertThat(source.events(early.size() + 1))
            .hasSizeLessThan(COUNT)
            .extracting(CloudEvent::getId)
            .containsAll(early);

        stream(source, "1");
        List<String> ids = new ArrayList<>();
        ids.add("first");
        ids.addAll(Vendor.ids(COUNT));
        assertThat(source.eventsUpTo("e" + (COUNT - 1)))
            .extracting(CloudEvent::getId)
            .endsWith(ids.toArray(String[]::new))
            .hasSize(COUNT + 2);
        if (vendor == Vendor.FOUNDRY) {
          eventually("acknowledged").until(() -> acknowledged(server).size() == COUNT + 1);
          assertThat(acknowledged(server)).isEqualTo(ids);
        }
      }
    }
  }

  /** With two there are too few replicas, so that the broker refuses every record for now. */
  private static void stream(Source source, String minInSyncReplicas) throws Exception {
    ConfigResource topic =
        new ConfigResource(ConfigResource.Type.TOPIC, source.name() + ".stream.events");
    Collection<AlterConfigOp> change =
        List.of(
            new AlterConfigOp(
                new ConfigEntry("min.insync.replicas", minInSyncReplicas),
                AlterConfigOp.OpType.SET));
    try (Admin admin = KafkaFixture.shared().admin()) {
      admin.incrementalAlterConfigs(Map.of(topic, change)).all().get();
    }
  }

  private static int buffered(VendorServer server) {
    return server.state().path("clients").path(0).path("buffered").intValue();
  }

  // The client's signs of life, which go on meanwhile: DES's own, or those of WebSocket.
  private static int pings(VendorServer server) {
    return server.state().path("pings").intValue()
        + server.state().path("clients").path(0).path("pinged").intValue();
  }

  private static List<String> acknowledged(VendorServer server) {
    List<String> ids = new ArrayList<>();
    server.state().path("acks").forEach(each -> ids.add(each.textValue()));
    return ids;
  }
}
