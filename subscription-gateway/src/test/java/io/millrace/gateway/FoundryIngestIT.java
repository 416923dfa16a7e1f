package io.millrace.gateway;

import static io.millrace.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.CloudEvent;
import io.millrace.fixtures.KafkaFixture;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoundryIngestIT {

  private static final String PATH = "/services/ServerEvents";
  private static final String SAMPLE =
      """
      {"events":[{"topic":"transaction/deposit","data":"988",
                  "additionalMetadata":{"amount":"5678","user":"voltmx"}}]}
      """;

  private static RunningGateway gateway;

  @BeforeAll
  static void start() throws Exception {
    gateway =
        new RunningGateway(
            KafkaFixture.shared().bootstrapServers(),
            KafkaFixture.uniqueName("foundry"),
            Map.of(
                "stream.bank.topics", "bank",
                "stream.foundry.topics", "transaction,apps,many,/slashed",
                "http.max.body.bytes", "65536"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/services/ServerEvents", "/ServerEvents"})
  void publishesTheDocumentsSample(String path) throws Exception {
    int before = gateway.stream("foundry").size();

    HttpResponse<String> response = gateway.send(gateway.post(path, SAMPLE));

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode body = json(response);
    assertThat(body.path("opstatus").intValue()).isZero();
    assertThat(body.path("httpStatusCode").intValue()).isEqualTo(200);
    assertThat(body.path("code").intValue()).isEqualTo(620004);
    assertThat(body.path("successTopics").toString()).isEqualTo("[\"transaction/deposit\"]");
    assertThat(body.path("failedTopics")).isEmpty();
    List<CloudEvent> stored = gateway.stream("foundry");
    assertThat(stored).hasSize(before + 1);
    CloudEvent event = stored.get(before);
    assertThat(text(event)).isEqualTo("\"988\"");
    assertThat(event.getDataContentType()).isEqualTo("application/json");
    assertThat(event.getExtension("topicpath")).isEqualTo("transaction/deposit");
    assertThat(event.getExtension("metadata"))
        .isEqualTo("{\"amount\":\"5678\",\"user\":\"voltmx\"}");
    assertThat(event.getExtension("user")).isEqualTo("admin");
    assertThat(event.getExtension("ip")).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.10", "null", "true", "[1,2]", "{\"a\":{\"b\":1E+3}}", "\"ü\"", "\"\""})
  void keepsDataAsItWasWritten(String data) throws Exception {
    gateway.send(gateway.post(PATH, "{\"events\":[{\"topic\":\"apps\",\"data\":" + data + "}]}"));

    List<CloudEvent> stored = gateway.stream("foundry");
    assertThat(text(stored.get(stored.size() - 1))).isEqualTo(data);
  }

  @Test
  void echoesTopicsAsTheyWerePublished() throws Exception {
    String body = "{\"events\":[{\"topic\":\"/slashed/a\",\"data\":1}]}";

    JsonNode answer = json(gateway.send(gateway.post(PATH, body)));

    assertThat(answer.path("successTopics").path(0).textValue()).isEqualTo("/slashed/a");
    List<CloudEvent> stored = gateway.stream("foundry");
    assertThat(stored.get(stored.size() - 1).getExtension("topicpath")).isEqualTo("/slashed/a");
  }

  @Test
  void saysWhichTopicsFailed() throws Exception {
    String body =
        """
        {"events":[{"topic":"apps/a","data":1},{"topic":"unheard","data":2},
                   {"topic":"bank/b","data":3},{"topic":"apps//c","data":4}]}
        """;

    HttpResponse<String> response = gateway.send(gateway.post(PATH, body));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(json(response).path("code").intValue()).isEqualTo(620006);
    assertThat(json(response).path("successTopics").toString())
        .isEqualTo("[\"apps/a\",\"bank/b\"]");
    assertThat(json(response).path("failedTopics").toString())
        .isEqualTo("[\"unheard\",\"apps//c\"]");
    assertThat(gateway.stream("bank")).hasSize(1);
  }

  @Test
  void refusesWhatNoStreamTakes() throws Exception {
    String body = "{\"events\":[{\"topic\":\"unheard\",\"data\":2}]}";

    HttpResponse<String> response = gateway.send(gateway.post(PATH, body));

    assertThat(response.statusCode()).isEqualTo(422);
    assertThat(json(response).path("code").intValue()).isEqualTo(620005);
    assertThat(json(response).path("opstatus").intValue()).isEqualTo(620005);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                              | 620014 | body is no JSON: line 1, column 2: Unexpected end-of-input",
        "[]                                             | 620014 | body must be a JSON object",
        "{}                                             | 620012 | events is missing",
        "{\"events\":{}}                                | 620014 | events must be a list",
        "{\"events\":[]}                                | 620014 | events must be a list",
        "{\"events\":[7]}                               | 620014 | events[0] must be an object",
        "{\"events\":[{\"data\":1}]}                    | 620012 | events[0].topic is missing",
        "{\"events\":[{\"topic\":1,\"data\":1}]}        | 620014 | events[0].topic must be a text",
        "{\"events\":[{\"topic\":\"a\"}]}               | 620012 | events[0].data is missing",
        "{\"events\":[{},{\"topic\":1,\"data\":1}]}    | 620014"
            + " | events[0].topic is missing; events[0].data is missing; events[1].topic must be",
        "{\"events\":[{\"topic\":\"a\",\"data\":1,\"additionalMetadata\":[]}]} | 620014"
            + " | events[0].additionalMetadata must be an object",
      })
  void refusesBadBodies(String body, int code, String message) throws Exception {
    HttpResponse<String> response = gateway.send(gateway.post(PATH, body));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(json(response).path("code").intValue()).isEqualTo(code);
    assertThat(json(response).path("message").textValue()).contains(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Authorization", "X-VoltMX-Authorization", "X-Kony-Authorization"})
  void refusesWrongTokens(String header) throws Exception {
    HttpResponse<String> response =
        gateway.send(
            gateway
                .to(PATH)
                .header(header, "Bearer nonsense")
                .POST(BodyPublishers.ofString(SAMPLE)));

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(json(response).path("code").intValue()).isEqualTo(620011);
    assertThat(json(response).path("httpStatusCode").intValue()).isEqualTo(401);
  }

  @Test
  void refusesBodiesThatAreTooLarge() throws Exception {
    HttpResponse<String> response = gateway.send(gateway.post(PATH, "x".repeat(600_000)));

    assertThat(response.statusCode()).isEqualTo(413);
    assertThat(json(response).path("code").intValue()).isEqualTo(620014);
  }

  @Test
  void refusesOtherMethodsAndTellsWhichItTakes() throws Exception {
    HttpResponse<String> response = gateway.send(gateway.to(PATH).GET());

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("OPTIONS, POST");
    assertThat(json(response).path("httpStatusCode").intValue()).isEqualTo(405);
  }

  @Test
  void takesManyRequestsAtOnce() throws Exception {
    int before = gateway.stream("foundry").size();
    String body = "{\"events\":[{\"topic\":\"many\",\"data\":%d}]}";

    List<CompletableFuture<HttpResponse<String>>> all = new ArrayList<>();
    IntStream.range(0, 200)
        .forEach(
            i ->
                all.add(
                    gateway
                        .client()
                        .sendAsync(
                            gateway.post(PATH, body.formatted(i)).build(),
                            HttpResponse.BodyHandlers.ofString())));

    for (CompletableFuture<HttpResponse<String>> one : all) {
      assertThat(one.get().statusCode()).isEqualTo(200);
    }
    assertThat(gateway.stream("foundry")).hasSize(before + 200);
    assertThat(
            gateway
                .registry
                .get("millrace.gateway.requests")
                .tags("dialect", "foundry", "outcome", "success")
                .counter()
                .count())
        .isGreaterThanOrEqualTo(200);
  }

  private static String text(CloudEvent event) {
    return new String(Objects.requireNonNull(event.getData()).toBytes(), StandardCharsets.UTF_8);
  }
}
