package io.millrace.gateway.graphql.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.gateway.graphql.GraphQlServer;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphQlHttpTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GRAPHQL = "application/graphql-response+json";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static GraphQlServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new GraphQlServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void carriesOutQueriesAndMutationsByPost() throws Exception {
    int before = server.schema.changes.get();

    assertThat(data(post("{\"query\":\"{ caller }\"}"))).isEqualTo("{\"caller\":\"ann\"}");
    assertThat(data(post("{\"query\":\"mutation { change }\"}")))
        .isEqualTo("{\"change\":" + (before + 1) + "}");
  }

  @Test
  void handsVariablesOnAsTheyAre() throws Exception {
    HttpResponse<String> response =
        post(
            """
            {"query":"query A($l: Long, $t: String) { echo(long: $l, text: $t) { long text } } query B { time }",
             "operationName":"A","variables":{"l":9007199254740993,"t":"zażółć 🏊"}}
            """);

    assertThat(data(response))
        .isEqualTo("{\"echo\":{\"long\":9007199254740993,\"text\":\"zażółć 🏊\"}}");
    assertThat(response.headers().firstValue("Content-Type"))
        .contains("application/json; charset=utf-8");
  }

  @Test
  void carriesOutQueriesByGet() throws Exception {
    HttpResponse<String> response =
        get(
            Map.of(
                "query", "query A($i: Int) { echo(int: $i) { int } }",
                "operationName", "A",
                "variables", "{\"i\":\"7\"}"));

    assertThat(data(response)).isEqualTo("{\"echo\":{\"int\":7}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", GRAPHQL})
  void changesNothingByGet(String accept) throws Exception {
    int before = server.schema.changes.get();

    HttpResponse<String> response =
        send(
            to("/graphql?query="
                    + encoded("query A { time } mutation B { change }")
                    + "&operationName=B")
                .header("Accept", accept));

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("POST");
    assertThat(codes(response)).isEqualTo("[\"MUTATION_NEEDS_POST\"]");
    assertThat(server.schema.changes).hasValue(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x"
      })
  void changesNothingForWhatOtherSitesCanSend(String type) throws Exception {
    int before = server.schema.changes.get();

    HttpResponse<String> response =
        send(
            to("/graphql")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{\"query\":\"mutation { change }\"}")));

    assertThat(response.statusCode()).isEqualTo(415);
    assertThat(server.schema.changes).hasValue(before);
  }

  @Test
  void pointsSubscriptionsToTheWebSocket() throws Exception {
    HttpResponse<String> response = post("{\"query\":\"subscription { ticks { count } }\"}");

    assertThat(codes(response)).isEqualTo("[\"SUBSCRIPTION_NEEDS_WEBSOCKET\"]");
    assertThat(response.body()).contains("/subscriptions");
  }

  @Test
  void answersSlowResolvers() throws Exception {
    HttpResponse<String> response =
        post("{\"query\":\"{ refusesLater(code: \\\"NOT_FOUND\\\") time }\"}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(codes(response)).isEqualTo("[\"NOT_FOUND\"]");
    assertThat(data(response)).contains("2021-05-25");
  }

  @Test
  void refusesStrangersAsGraphQlAndAsHttp() throws Exception {
    HttpResponse<String> response =
        send(
            to("/graphql?query=%7Bcaller%7D")
                .setHeader("Authorization", "Basic YTpi")
                .header("Accept", GRAPHQL));

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate").orElse(""))
        .startsWith("Basic realm");
    assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(GRAPHQL);
    assertThat(codes(response)).isEqualTo("[\"UNAUTHENTICATED\"]");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                        | body is empty",
        "{                                         | body is no JSON",
        "[]                                        | body is a list: send each operation",
        "7                                         | body must be a JSON object",
        "{}                                        | query is missing",
        "{\"query\":7}                             | query must be a string",
        "{\"query\":\"{time}\",\"variables\":\"x\"} | variables must be a JSON object",
        "{\"query\":\"{time}\",\"variables\":[]}   | variables must be a JSON object",
        "{\"query\":\"{time}\",\"extensions\":[]}  | extensions must be a JSON object",
        "{\"query\":\"{time}\",\"operationName\":7} | operationName must be a string",
      })
  void saysWhatIsWrongWithABody(String body, String message) throws Exception {
    HttpResponse<String> response = post(body);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(codes(response)).isEqualTo("[\"BAD_USER_INPUT\"]");
    assertThat(json(response).path("errors").path(0).path("message").textValue())
        .contains(message)
        .doesNotContain("com.fasterxml");
  }

  @Test
  void saysAllThatIsWrongAtOnce() throws Exception {
    assertThat(json(post("{\"variables\":7,\"operationName\":[]}")).path("errors")).hasSize(3);
    assertThat(json(get(Map.of("variables", "{", "extensions", "["))).path("errors")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, application/json, text/html, 406",
    "POST, application/json; charset=utf-16, */*, 415",
    "POST, application/json; charset=UTF-8, */*, 200",
    "POST, application/graphql, */*, 415",
    "PUT, application/json, */*, 405",
    "DELETE, application/json, */*, 405",
  })
  void keepsToMethodsAndTypes(String method, String type, String accept, int status)
      throws Exception {
    HttpResponse<String> response =
        send(
            to("/graphql")
                .header("Content-Type", type)
                .header("Accept", accept)
                .method(method, BodyPublishers.ofString("{\"query\":\"{ time }\"}")));

    assertThat(response.statusCode()).isEqualTo(status);
    assertThat(json(response).path("errors").isArray()).isEqualTo(status != 200);
  }

  @Test
  void survivesVariablesOfAnyDepth() throws Exception {
    String deep = "[".repeat(200_000);

    HttpResponse<String> response =
        post("{\"query\":\"{ time }\",\"variables\":{\"a\":" + deep + "}}");

    assertThat(response.statusCode()).isEqualTo(400);
  }

  private static HttpResponse<String> post(String body) throws Exception {
    return send(
        to("/graphql")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> get(Map<String, String> parameters) throws Exception {
    StringBuilder query = new StringBuilder("/graphql?");
    parameters.forEach((name, value) -> query.append(name + "=" + encoded(value) + "&"));
    return send(to(query.toString()));
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(server.uri(path))
        .header("Authorization", GraphQlServer.AUTHORIZATION)
        .timeout(Duration.ofSeconds(60));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String data(HttpResponse<String> response) throws JsonProcessingException {
    return json(response).path("data").toString();
  }

  private static String codes(HttpResponse<String> response) throws JsonProcessingException {
    return JSON.valueToTree(json(response).path("errors").findValues("code")).toString();
  }

  private static JsonNode json(HttpResponse<String> response) throws JsonProcessingException {
    return JSON.readTree(response.body());
  }
}
