package io.millrace.standalone;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.model.audit.AuditFinding;
import io.millrace.model.audit.AuditVerifier;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An audit log as its owner has it: defined, filled, downloaded and verified, kills included. */
class AuditEndToEndIT {

  private static final Duration SOON = Duration.ofSeconds(90);
  private static final String ADMIN =
      "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(UTF_8));

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void whatIsAcceptedIsRecordedAndHoldsAlsoWhenAllIsKilled() throws Exception {
    String id;
    try (StandaloneProcess millrace = StandaloneProcess.start("up", folder)) {
      id = define(millrace.gateway());
      publish(millrace.gateway(), "first");
      await().atMost(SOON).until(() -> download(millrace.gateway(), id).contains("first"));
      millrace.kill();
    }
    try (StandaloneProcess millrace = StandaloneProcess.start("up", folder)) {
      publish(millrace.gateway(), "second");
      await().atMost(SOON).until(() -> download(millrace.gateway(), id).contains("second"));
      String log = download(millrace.gateway(), id);
      assertThat(log).contains("first");
      List<AuditFinding> findings = new ArrayList<>();
      AuditVerifier verifier = new AuditVerifier(null, findings::add);
      verifier.read("log", new ByteArrayInputStream(log.getBytes(UTF_8)));
      verifier.finish();
      assertThat(findings).isEmpty();
    }
  }

  private String define(URI gateway) throws Exception {
    HttpResponse<String> answer =
        send(
            gateway,
            "/publicapi/emitters/definitions",
            "{\"type\":\"Audit\",\"topics\":[[\"transaction\"]],\"parameters\":{}}");
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    return new ObjectMapper().readTree(answer.body()).at("/data/id").asText();
  }

  private void publish(URI gateway, String name) throws Exception {
    HttpResponse<String> answer =
        send(
            gateway,
            "/services/ServerEvents",
            "{\"events\":[{\"topic\":\"transaction/deposit\",\"data\":{\"name\":\"%s\"}}]}"
                .formatted(name));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private HttpResponse<String> send(URI gateway, String path, String body) throws Exception {
    return client.send(
        request(gateway, path).POST(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private String download(URI gateway, String id) throws Exception {
    HttpRequest.Builder request =
        request(gateway, "/publicapi/emitters/audit/" + id)
            .setHeader("Accept", "application/x-ndjson");
    return client.send(request.build(), BodyHandlers.ofString()).body();
  }

  private static HttpRequest.Builder request(URI gateway, String path) {
    return HttpRequest.newBuilder(gateway.resolve(path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", ADMIN)
        .header("Content-Type", "application/json");
  }
}
