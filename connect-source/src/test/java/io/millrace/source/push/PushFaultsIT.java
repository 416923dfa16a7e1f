package io.millrace.source.push;

import static io.millrace.source.push.SourceWorker.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cloudevents.CloudEvent;
import io.millrace.source.push.SourceWorker.Source;
import io.millrace.source.record.ConnectionGap;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong with vendors that push, on a real worker. */
class PushFaultsIT {

  private static final ObjectMapper JSON = new ObjectMapper();

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
  void tellsAGapWhenTheConnectionIsCutWithinAMessage(Vendor vendor) throws Exception {
    try (VendorServer server = vendor.start();
        Source source = worker.run(vendor.config(server))) {
      hears(vendor, server, source, "a");
      Instant before = Instant.now();
      server.call("cut", Map.of("mid", "{\"code\":620010,\"eventId\":\"half\",\"data\":1}"));
      hears(vendor, server, source, "b");

      List<CloudEvent> events = source.eventsUpTo("b");
      assertThat(names(events))
          .containsExactly(ConnectionOpened.TYPE, "a", ConnectionGap.TYPE, "b");
      CloudEvent gap = events.get(2);
      assertThat(gap.getSubject()).isEqualTo(source.name());
      assertThat(gap.getSource()).hasToString(source.config().get("url"));
      assertThat(instant(gap, "from")).isBeforeOrEqualTo(Instant.now());
      assertThat(instant(gap, "to")).isAfterOrEqualTo(before);
    }
  }

  @ParameterizedTest
  @EnumSource
  void takesAnEventOnceThatComesAgainAfterAReconnect(Vendor vendor) throws Exception {
    try (VendorServer server = vendor.start();
        Source source = worker.run(vendor.config(server))) {
      hears(vendor, server, source, "a");
      server.call("cut");
      eventually("reconnected").until(() -> connections(server) == 2 && vendor.listened(server));
      eventually("pushed").until(() -> vendor.push(server, "a", "b", "b", "c") == 4);

      assertThat(names(source.eventsUpTo("c")))
          .containsExactly(ConnectionOpened.TYPE, "a", ConnectionGap.TYPE, "b", "c");
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsOneGapForAServerThatIsDownForAWhile(Vendor vendor) throws Exception {
    try (VendorServer server = vendor.start();
        Source source = worker.run(vendor.config(server))) {
      hears(vendor, server, source, "a");
      server.call("status", Map.of("status", "503 Service Unavailable"));
      server.call("cut");
      eventually("refused").until(() -> server.state().path("refused").intValue() >= 2);
      server.call("down");
      server.call("status");
      server.call("up");
      hears(vendor, server, source, "b");

      assertThat(names(source.eventsUpTo("b")))
          .containsExactly(ConnectionOpened.TYPE, "a", ConnectionGap.TYPE, "b");
    }
  }

  @ParameterizedTest
  @EnumSource
  void goesOnAfterAMessageThatItCannotUnderstand(Vendor vendor) throws Exception {
    try (VendorServer server = vendor.start();
        Source source = worker.run(vendor.config(server))) {
      hears(vendor, server, source, "a");
      server.call("raw", Map.of("text", "{\"code\":620010,\"source\":1,"));
      server.call("raw", Map.of("text", "{\"code\":620010,\"source\":\"x\"}"));
      vendor.push(server, "b");

      assertThat(names(source.eventsUpTo("b"))).containsExactly(ConnectionOpened.TYPE, "a", "b");
    }
  }

  @ParameterizedTest
  @EnumSource
  void failsAtAMessageThatItCannotUnderstandUnlessThatIsTolerated(Vendor vendor) throws Exception {
    try (VendorServer server = vendor.start();
        Source source = worker.run(with(vendor.config(server), "errors.tolerance", "none"))) {
      hears(vendor, server, source, "a");
      server.call("raw", Map.of("text", "{\"secret\""));

      assertThat(source.failure())
          .contains("a message is no JSON", "with errors.tolerance all")
          .doesNotContain("secret");
    }
  }

  @ParameterizedTest
  @EnumSource
  void leavesAServerThatDoesNotAnswerPings(Vendor vendor) throws Exception {
    try (VendorServer server = vendor.start();
        Source source = worker.run(with(vendor.config(server), "pong.timeout.ms", "2000"))) {
      hears(vendor, server, source, "a");
      server.call("mute", Map.of("on", true));
      eventually("left").until(() -> connections(server) == 2);
      server.call("mute", Map.of("on", false));
      hears(vendor, server, source, "b");

      assertThat(names(source.eventsUpTo("b"))).contains("a", ConnectionGap.TYPE, "b");
    }
  }

  @ParameterizedTest
  @EnumSource
  void getsANewTokenWhenTheOldOneHasExpired(Vendor vendor) throws Exception {
    try (VendorServer server = vendor.start();
        Source source = worker.run(byClientCredentials(vendor, server))) {
      hears(vendor, server, source, "a");
      server.call("expire");
      server.call("cut");
      hears(vendor, server, source, "b");

      assertThat(server.state().path("tokensGiven").intValue()).isGreaterThan(1);
      assertThat(names(source.eventsUpTo("b")))
          .containsExactly(ConnectionOpened.TYPE, "a", ConnectionGap.TYPE, "b");
    }
  }

  @ParameterizedTest
  @EnumSource
  void failsWhenTheTokenIsRefusedAndThereIsNoOther(Vendor vendor) throws Exception {
    try (VendorServer server = vendor.start();
        Source source = worker.run(vendor.config(server))) {
      hears(vendor, server, source, "a");
      server.call("expire");
      server.call("cut");

      assertThat(source.failure()).contains("answers 401: check the identity");
    }
  }

  @ParameterizedTest
  @EnumSource
  void waitsForAServerThatIsSlow(Vendor vendor) throws Exception {
    try (VendorServer server = vendor.start()) {
      server.call("slow", Map.of("ms", 700));
      try (Source source = worker.run(vendor.config(server))) {
        hears(vendor, server, source, "a");
        assertThat(connections(server)).isEqualTo(1);
        assertThat(names(source.eventsUpTo("a"))).containsExactly(ConnectionOpened.TYPE, "a");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void tellsAGapWhenTheConnectorWasStopped(Vendor vendor) throws Exception {
    try (VendorServer server = vendor.start();
        Source source = worker.run(vendor.config(server))) {
      hears(vendor, server, source, "a");
      worker.connect().put(source.name(), with(source.config(), "ping.interval.ms", "900"));
      eventually("restarted").until(() -> connections(server) == 2 && vendor.listened(server));
      hears(vendor, server, source, "b");

      assertThat(names(source.eventsUpTo("b")))
          .containsExactly(ConnectionOpened.TYPE, "a", ConnectionGap.TYPE, "b");
    }
  }

  /** Pushes until it has arrived: a client may be connected and not listen yet. */
  private static void hears(Vendor vendor, VendorServer server, Source source, String id) {
    eventually("listening").until(() -> vendor.push(server, id) > 0);
    source.eventsUpTo(id);
  }

  private static Map<String, String> byClientCredentials(Vendor vendor, VendorServer server) {
    Map<String, String> config = vendor.config(server);
    config.remove("identity.token");
    config.put("identity.type", "oauth2");
    config.put("identity.token.url", server.tokenUrl());
    config.put("identity.client.id", "app");
    config.put("identity.client.secret", "app-secret");
    return config;
  }

  private static Map<String, String> with(Map<String, String> config, String key, String value) {
    Map<String, String> changed = new HashMap<>(config);
    changed.put(key, value);
    return changed;
  }

  private static int connections(VendorServer server) {
    return server.state().path("connections").intValue();
  }

  /** Ids, but types where the ids are ours. */
  private static List<String> names(List<CloudEvent> events) {
    return events.stream()
        .map(each -> each.getType().startsWith("io.millrace.") ? each.getType() : each.getId())
        .toList();
  }

  private static Instant instant(CloudEvent gap, String field) throws IOException {
    JsonNode data = JSON.readTree(Objects.requireNonNull(gap.getData()).toBytes());
    return Instant.parse(data.path(field).textValue());
  }
}
