package io.millrace.gateway;

import static io.millrace.gateway.RunningGateway.basic;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.audit.AuditFinding;
import io.millrace.model.audit.AuditVerifier;
import io.millrace.model.kafka.MillraceTopics;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuditDownloadIT {

  private static final String BROKERS = KafkaFixture.shared().bootstrapServers();
  private static final MillraceTopics TOPICS =
      new MillraceTopics(KafkaFixture.uniqueName("audit-api"));
  private static RunningGateway gateway;
  private static AuditLog log;

  @BeforeAll
  static void start() throws Exception {
    gateway = new RunningGateway(BROKERS, TOPICS.prefix(), Map.of());
    log = new AuditLog(BROKERS, TOPICS, "orders", false);
    // The times of the events themselves run backwards.
    for (int i = 0; i < 10; i++) {
      log.record(
          i * 1_000L,
          "{\"id\":\"%d\",\"time\":\"20%d-01-01T00:00:00Z\",\"data\":{\"n\":1.00}}"
              .formatted(i, 30 - i));
    }
    log.flush();
    log.define("admin", "{}");
    define("laid-out", "admin", "{\"prettyPrint\":true}");
    define("foreign", "eve", "{}");
    define("new", "admin", "{}");
    known("orders");
    known("new");
  }

  @AfterAll
  static void stop() {
    log.close();
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                             | 0123456789
          ?from=2026-01-31T10:00:03Z                                     | 3456789
          ?from=2026-01-31T10:00:03.001Z                                 | 456789
          ?from=0001-01-01                                               | 0123456789
          ?from=1969-12-31T23:59:59.999Z                                 | 0123456789
          ?to=2026-01-31T10:00:03Z                                       | 012
          ?from=2026-01-31T10:00:02Z&to=2026-01-31T10:00:05Z             | 234
          ?from=2026-01-31T11:00:02+01:00&to=2026-01-31T05:00:05-05:00   | 234
          ?startDate=2026-01-31&endDate=2026-02-01                       | 0123456789
          ?startDate=2026-02-01                                          | ''
          ?endDate=2026-01-31                                            | ''
          ?from=2026-01-31T10:00:05Z&to=2026-01-31T10:00:05Z             | ''
          """)
  void rangeHasItsStartAndNotItsEnd(String query, String ids) throws Exception {
    HttpResponse<String> array = get("orders" + query, "application/json");
    HttpResponse<String> lines = get("orders" + query, "application/x-ndjson");
    assertThat(ids(RunningGateway.json(array))).isEqualTo(ids);
    assertThat(lines.body().lines().count()).isEqualTo(ids.length());
    assertThat(findings(array.body().getBytes(UTF_8))).isEmpty();
    assertThat(findings(lines.body().getBytes(UTF_8))).isEmpty();
    assertThat(array.headers().firstValue("content-type")).contains("application/json");
    assertThat(lines.headers().firstValue("content-type")).contains("application/x-ndjson");
    assertThat(array.headers().firstValue("request-tracking-identifier")).isPresent();
  }

  @Test
  void compressesOnRequest() throws Exception {
    HttpResponse<byte[]> answer =
        gateway
            .client()
            .send(
                request("orders", "application/x-ndjson").header("Accept-Encoding", "gzip").build(),
                BodyHandlers.ofByteArray());
    assertThat(answer.headers().firstValue("content-encoding")).contains("gzip");
    assertThat(findings(answer.body())).isEmpty();
    try (var plain = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
      assertThat(new String(plain.readAllBytes(), UTF_8))
          .isEqualTo(get("orders", "application/x-ndjson").body());
    }
  }

  @Test
  void givesTheEventsAlone() throws Exception {
    JsonNode events = RunningGateway.json(get("orders", "application/cloudevents-batch+json"));
    assertThat(events.findValuesAsText("id")).hasSize(10);
    assertThat(events.get(0).has("hash")).isFalse();
  }

  @Test
  void laysOutAnArrayOfAnEmitterThatWantsIt() throws Exception {
    try (AuditLog pretty = new AuditLog(BROKERS, TOPICS, "laid-out", false)) {
      pretty.record(0, "{\"data\":{\"n\":1.00}}");
      pretty.record(1, "{}");
    }
    known("laid-out");
    String array = get("laid-out", "application/json").body();
    assertThat(array).contains("\n      \"n\" : 1.00");
    assertThat(findings(array.getBytes(UTF_8))).isEmpty();
    assertThat(get("laid-out", "application/x-ndjson").body().lines()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"foreign", "unknown", "orders%20"})
  void isThereOnlyForWhoDefinedIt(String id) throws Exception {
    HttpResponse<String> answer = get(id, "*/*");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(RunningGateway.json(answer).at("/error/0/code").asText()).isEqualTo("not_found");
  }

  @Test
  void tellsAllThatIsWrongWithARange() throws Exception {
    HttpResponse<String> answer = get("orders?from=yesterday&to=2026-01-31&endDate=x", "*/*");
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(RunningGateway.json(answer).findValuesAsText("systemMessage"))
        .containsExactly(
            "from must be a date, or a time as in RFC 3339, and is 'yesterday'",
            "to means the same as endDate: give one");
    assertThat(get("orders?from=2026-02-01&to=2026-01-31", "*/*").statusCode()).isEqualTo(400);
  }

  @Test
  void logOfAnEmitterThatHasRecordedNothingIsEmpty() throws Exception {
    assertThat(RunningGateway.json(get("new", "*/*"))).isEmpty();
    assertThat(get("new", "application/x-ndjson").body()).isEmpty();
  }

  @Test
  void waitsForEntriesThatAreBeingWritten() throws Exception {
    try (AuditLog busy = new AuditLog(BROKERS, TOPICS, "busy", true)) {
      busy.define("admin", "{}");
      known("busy");
      busy.producer().initTransactions();
      busy.producer().beginTransaction();
      busy.record(0, "{}");
      busy.producer().commitTransaction();
      busy.producer().beginTransaction();
      busy.record(1, "{}");
      busy.flush();
      CompletableFuture<HttpResponse<String>> answer =
          gateway
              .client()
              .sendAsync(request("busy", "application/x-ndjson").build(), BodyHandlers.ofString());
      // The head of the answer comes when the reading has begun.
      await().during(Duration.ofMillis(500)).until(() -> !answer.isDone());
      busy.producer().commitTransaction();
      assertThat(answer.get().body().lines()).hasSize(2);
    }
  }

  private static void define(String id, String owner, String parameters) throws Exception {
    try (AuditLog other = new AuditLog(BROKERS, TOPICS, id, false)) {
      other.define(owner, parameters);
    }
  }

  private static void known(String id) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> get(id + "?from=2100-01-01", "*/*").statusCode() == 200);
  }

  private static HttpRequest.Builder request(String path, String accept) {
    return gateway
        .to("/publicapi/emitters/audit/" + path.replace("+", "%2B"))
        .header("Authorization", basic("admin", "admin"))
        .header("Accept", accept);
  }

  private static HttpResponse<String> get(String path, String accept)
      throws IOException, InterruptedException {
    return gateway.client().send(request(path, accept).build(), BodyHandlers.ofString());
  }

  private static String ids(JsonNode array) {
    List<String> ids = new ArrayList<>();
    array.forEach(entry -> ids.add(entry.at("/event/id").asText()));
    return ids.stream().collect(Collectors.joining());
  }

  private static List<AuditFinding> findings(byte[] download) throws IOException {
    List<AuditFinding> findings = new ArrayList<>();
    AuditVerifier verifier = new AuditVerifier(null, findings::add);
    verifier.read("download", new ByteArrayInputStream(download));
    verifier.finish();
    return findings;
  }
}
