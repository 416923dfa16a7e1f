package io.millrace.source.des;

import static io.millrace.source.push.SourceWorker.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.millrace.source.push.SourceWorker;
import io.millrace.source.push.SourceWorker.Source;
import io.millrace.source.push.Vendor;
import io.millrace.source.push.VendorServer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DES's own, against a server written from its document. */
class DesSourceIT {

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

  @Test
  void bringsEventsInThatAreAsTheDocumentPrintsThem() throws Exception {
    try (VendorServer server = Vendor.DES.start();
        Source source =
            worker.run(config(server, Map.of("topicpath.template", "des/{source}/{type}")))) {
      listens(server);
      Map<String, Object> event = new HashMap<>();
      event.put("id", "1");
      event.put("time", "2026-01-31T10:00:00.123Z");
      event.put("source", "test.trisotech.com");
      event.put("type", "DecisionServiceExecuted");
      event.put("specversion", "1.0.1");
      event.put("Ip", "192.0.2.7");
      event.put("user", "ann@example.com");
      event.put("data", Map.of("amount", 1.5));
      server.call("push", Map.of("topic", List.of("service"), "events", List.of(event)));

      CloudEvent read = source.eventsUpTo("1").get(1);
      assertThat(read.getSource()).hasToString("test.trisotech.com");
      assertThat(read.getType()).isEqualTo("DecisionServiceExecuted");
      assertThat(read.getTime()).hasToString("2026-01-31T10:00:00.123Z");
      assertThat(read.getExtension("ip")).isEqualTo("192.0.2.7");
      assertThat(read.getExtension("user")).isEqualTo("ann@example.com");
      assertThat(read.getExtension("topicpath"))
          .isEqualTo("des/test.trisotech.com/DecisionServiceExecuted");
    }
  }

  @Test
  void tellsTheServerWhoItIsAndWhatItWants() throws Exception {
    Map<String, String> more =
        Map.of("topic.paths", "service/prod env,issue", "client.version", "1.2 beta");
    try (VendorServer server = Vendor.DES.start();
        Source source = worker.run(config(server, more))) {
      listens(server);

      JsonNode handshake = server.state().path("handshakes").path(0);
      assertThat(handshake.path("query").path("topics").textValue())
          .isEqualTo("[[\"service\",\"prod env\"],[\"issue\"]]");
      JsonNode session = server.state().path("sessions").path(0);
      assertThat(session.path("clientId").textValue()).isEqualTo(source.name());
      assertThat(session.path("productName").textValue()).isEqualTo("Millrace");
      assertThat(session.path("productVersion").textValue()).isEqualTo("1.2 beta");
      assertThat(handshake.path("headers").path("authorization").textValue())
          .isEqualTo("Bearer first");
    }
  }

  @Test
  void keepsTheSessionAliveWithinTheTimeoutThatItIsTold() throws Exception {
    try (VendorServer server = Vendor.DES.start()) {
      server.call("timeout", Map.of("minutes", 0.05));
      try (Source source = worker.run(config(server, Map.of("ping.interval.ms", "60000")))) {
        eventually("pinged").until(() -> server.state().path("pings").intValue() > 3);

        assertThat(server.state().path("timedOut").intValue()).as(source.name()).isZero();
        assertThat(server.state().path("connections").intValue()).isEqualTo(1);
      }
    }
  }

  @Test
  void leavesAServerThatSaysEverythingButPongs() throws Exception {
    Map<String, String> more = Map.of("ping.interval.ms", "1000", "pong.timeout.ms", "1000");
    try (VendorServer server = Vendor.DES.start();
        Source source = worker.run(config(server, more))) {
      listens(server);
      server.call("pongs", Map.of("on", false));

      eventually("left")
          .until(
              () -> {
                Vendor.DES.push(server, "a");
                return server.state().path("connections").intValue() > 1;
              });
      assertThat(source.eventsUpTo("a")).isNotEmpty();
    }
  }

  @Test
  void connectsAnewWhenNoSessionStarts() throws Exception {
    try (VendorServer server = Vendor.DES.start()) {
      server.call("starting", Map.of("on", false));
      try (Source source = worker.put(config(server, Map.of("reply.timeout.ms", "500")))) {
        eventually("tried again").until(() -> server.state().path("connections").intValue() > 1);
        server.call("starting", Map.of("on", true));
        assertThat(source.events(1)).hasSize(1);
      }
    }
  }

  @Test
  void goesOnFromWhereItWasWhereTheServerCan() throws Exception {
    try (VendorServer server = Vendor.DES.start()) {
      server.call("resumable");
      try (Source source = worker.run(config(server, Map.of()))) {
        listens(server);
        Vendor.DES.push(server, "a");
        source.eventsUpTo("a");
        server.call("down");
        Vendor.DES.push(server, "b");
        server.call("up");
        source.eventsUpTo("b");
        Map<String, String> changed = new HashMap<>(source.config());
        changed.put("ping.interval.ms", "900");
        server.call("status", Map.of("status", "503 Later"));
        worker.connect().put(source.name(), changed);
        eventually("gone").until(() -> server.clients() == 0);
        Vendor.DES.push(server, "c");
        server.call("status");
        List<CloudEvent> events = source.eventsUpTo("c");
        assertThat(events).extracting(CloudEvent::getId).endsWith("a", "b", "c").hasSize(4);
        assertThat(events.get(3).getExtensionNames()).doesNotContain("streamposition");
      }
    }
  }

  @Test
  void tellsAGapWhenTheServerDoesNotKnowThePlaceAnyMore() throws Exception {
    try (VendorServer server = Vendor.DES.start()) {
      server.call("resumable");
      try (Source source = worker.run(config(server, Map.of()))) {
        listens(server);
        Vendor.DES.push(server, "a");
        source.eventsUpTo("a");
        server.call("refuseAfter");
        server.call("cut");
        eventually("back").until(() -> Vendor.DES.push(server, "b") > 0);

        assertThat(source.eventsUpTo("b"))
            .extracting(CloudEvent::getType)
            .contains("io.millrace.source.connection.gap");
      }
    }
  }

  private static Map<String, String> config(VendorServer server, Map<String, String> more) {
    Map<String, String> config = Vendor.DES.config(server);
    config.putAll(more);
    return config;
  }

  private static void listens(VendorServer server) {
    eventually("listening").until(() -> Vendor.DES.listened(server));
  }
}
