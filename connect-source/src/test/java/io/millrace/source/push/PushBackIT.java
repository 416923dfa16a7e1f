package io.millrace.source.push;

import static io.millrace.source.push.SourceWorker.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.source.push.SourceWorker.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
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
      String producer = "held-" + vendor;
      config.put("producer.override.client.id", producer);
      try (Source source = worker.run(config)) {
        eventually("listening").until(() -> vendor.push(server, "first") > 0);
        source.eventsUpTo("first");
        limit(producer, 1_000.0);
        int pings = pings(server);
        vendor.burst(server, COUNT, SIZE);

        eventually("felt").until(() -> pings(server) > pings + 2 && buffered(server) > STUCK);
        List<String> early = acknowledged(server);
        assertThat(source.events(early.size() + 1))
            .hasSizeLessThan(COUNT)
            .extracting(CloudEvent::getId)
            .containsAll(early);

        limit(producer, null);
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

  /** With a quota of few bytes a second the broker makes the producer wait after each request. */
  private static void limit(String producer, Double bytesPerSecond) throws Exception {
    var entity = new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, producer));
    var quota = new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond);
    try (Admin admin = KafkaFixture.shared().admin()) {
      admin
          .alterClientQuotas(List.of(new ClientQuotaAlteration(entity, List.of(quota))))
          .all()
          .get();
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
