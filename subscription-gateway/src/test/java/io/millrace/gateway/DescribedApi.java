package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Whether what a gateway asks for and answers is what it describes in its OpenAPI. */
final class DescribedApi {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private static final Map<Integer, DescribedApi> BY_PORT = new ConcurrentHashMap<>();

  private final JsonNode document;
  private final Map<JsonNode, Schema> compiled = new ConcurrentHashMap<>();

  private DescribedApi(JsonNode document) {
    this.document = document;
  }

  /** Of the gateway at a port, asked once. */
  static DescribedApi at(int port) {
    return BY_PORT.computeIfAbsent(
        port,
        unknown -> {
          try {
            HttpResponse<String> answer =
                HttpClient.newHttpClient()
                    .send(
                        HttpRequest.newBuilder(
                                URI.create("http://127.0.0.1:" + port + "/openapi.json"))
                            .build(),
                        BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            return new DescribedApi(JSON.readTree(answer.body()));
          } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
          }
        });
  }

  JsonNode document() {
    return document;
  }

  /** Fails if a request, which was accepted, or its answer is not as it is described. */
  void check(String method, @Nullable String requested, HttpResponse<String> answer)
      throws IOException {
    String called = method + " " + answer.uri().getPath();
    JsonNode operation = operation(method, answer.uri().getPath());
    if (operation == null) {
      assertThat(answer.statusCode()).as("%s is not described", called).isIn(200, 404, 405);
      return;
    }
    JsonNode response = resolved(operation.path("responses").path("" + answer.statusCode()));
    assertThat(response.isMissingNode())
        .as("%s answered %s, which is not described", called, answer.statusCode())
        .isFalse();
    String type = answer.headers().firstValue("Content-Type").orElse("");
    JsonNode content = response.path("content").path(type.split(";", 2)[0]);
    if (!answer.body().isEmpty()) {
      assertThat(content.isMissingNode())
          .as("%s answered %s, which is not described", called, type)
          .isFalse();
    }
    if (type.equals("application/json")) {
      valid(content.path("schema"), answer.body(), called + " answered");
    }
    JsonNode body = resolved(operation.path("requestBody"));
    if (answer.statusCode() < 300 && requested != null && !requested.isEmpty()) {
      assertThat(body.isMissingNode()).as("%s takes a body", called).isFalse();
      valid(body.at("/content/application~1json/schema"), requested, called + " took");
    }
  }

  private void valid(JsonNode schema, String text, String what) throws IOException {
    Schema known =
        compiled.computeIfAbsent(
            schema,
            unknown -> {
              ObjectNode whole = schema.deepCopy();
              whole.set("components", document.path("components"));
              return SCHEMAS.getSchema(whole);
            });
    assertThat(known.validate(JSON.readTree(text))).as("%s %s", what, text).isEmpty();
  }

  private @Nullable JsonNode operation(String method, String path) {
    JsonNode best = null;
    int literals = -1;
    for (Map.Entry<String, JsonNode> each : document.path("paths").properties()) {
      int matched = matched(each.getKey().split("/", -1), path.split("/", -1));
      JsonNode operation = each.getValue().path(method.toLowerCase(Locale.ROOT));
      if (matched > literals && !operation.isMissingNode()) {
        best = operation;
        literals = matched;
      }
    }
    return best;
  }

  /** How many steps are the same; -1 if the paths are not. */
  private static int matched(String[] described, String[] called) {
    int same = 0;
    for (int i = 0; i < described.length; i++) {
      if (described.length != called.length) {
        return -1;
      }
      if (described[i].equals(called[i])) {
        same++;
      } else if (!described[i].startsWith("{")) {
        return -1;
      }
    }
    return same;
  }

  private JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asText();
    return reference.startsWith("#/") ? document.at(reference.substring(1)) : node;
  }
}
