package io.millrace.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;

/** Somebody who uses Acronis's API with a token. */
record AcronisCaller(int port, String token) {

  static final String PARTNER = "ede9f834-70b3-476c-83d9-736f9f8c7dae";
  static final String CUSTOMER = "692ff7d2-8505-44ed-82b0-e82ee8d42ef2";
  static final String UNIT = "a52a71d6-51cd-11ec-bf63-0242ac130002";
  static final String STRANGER = "b52a71d6-51cd-11ec-bf63-0242ac130002";

  static final String TENANT_TOPIC = "cti.a.p.em.topic.v1.0~a.p.tenant.v1.0";
  static final String OPERATION_TOPIC = "cti.a.p.em.topic.v1.0~a.p.operation.v1.0";
  static final String DISABLED = "cti.a.p.em.event.v1.0~a.p.tenant.disabled.v1.0";

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  record Answer(int status, JsonNode body, HttpResponse<String> response) {

    /** What is wrong, for a person. */
    List<String> messages() {
      return body.path("error").isArray()
          ? body.path("error").findValuesAsText("systemMessage")
          : body.path("error").path("context").findValuesAsText("message");
    }

    String code() {
      return body.path("error").path("code").asText();
    }
  }

  /**
   * Tokens of a partner, of a customer below it, of a stranger, of nobody's, of an operator, and of
   * an admin.
   */
  static Path usersFile(Path folder) throws Exception {
    return Files.writeString(
        folder.resolve("users.yaml"),
        "tokens:\n"
            + token("partner", "tenant: " + PARTNER)
            + token("customer", "tenant: " + CUSTOMER)
            + token("stranger", "tenant: " + STRANGER)
            + token("nobody", "roles: []")
            + token("operator", "roles: [operator]")
            + token("root", "roles: [admin]"));
  }

  private static String token(String name, String more) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
    return "- {name: %s, sha256: %s, %s}\n".formatted(name, HexFormat.of().formatHex(hash), more);
  }

  Answer get(String path) throws Exception {
    return send("GET", path, null);
  }

  Answer post(String path, Object body) throws Exception {
    return send("POST", path, body instanceof String text ? text : JSON.writeValueAsString(body));
  }

  Answer delete(String path) throws Exception {
    return send("DELETE", path, null);
  }

  Answer send(String method, String path, String body) throws IOException, InterruptedException {
    String root = path.startsWith("/publicapi") ? "" : "/api/event_manager/v1";
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + root + path))
            .timeout(Duration.ofSeconds(60))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
    DescribedApi.at(port).check(method, body, response);
    return new Answer(response.statusCode(), JSON.readTree(response.body()), response);
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
