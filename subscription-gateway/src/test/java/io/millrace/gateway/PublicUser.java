package io.millrace.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
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

/** Somebody who uses the public API with a token. */
record PublicUser(int port, String token) {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A users file with ada, bob, and root who is admin; each name is the token too. */
  static Path usersFile(Path folder) throws Exception {
    return Files.writeString(
        folder.resolve("users.yaml"),
        "tokens:\n" + token("ada", "") + token("bob", "") + token("root", "admin"));
  }

  private static String token(String name, String role) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
    return "- {name: %s, sha256: %s, roles: [%s]}\n"
        .formatted(name, HexFormat.of().formatHex(hash), role);
  }

  /**
   * What the gateway said.
   *
   * @param body missing if there was none
   */
  record Answer(int status, JsonNode body, HttpResponse<String> response) {

    JsonNode data() {
      return body.path("data");
    }

    /** What is wrong, for machines. */
    List<String> messages() {
      return body.path("error").findValuesAsText("systemMessage");
    }
  }

  Answer get(String path) throws Exception {
    return send("GET", path, "");
  }

  Answer post(String path, String body) throws Exception {
    return send("POST", path, body);
  }

  Answer put(String path, String body) throws Exception {
    return send("PUT", path, body);
  }

  Answer delete(String path) throws Exception {
    return send("DELETE", path, "");
  }

  private Answer send(String method, String path, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/publicapi" + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
    DescribedApi.at(port).check(method, body, response);
    return new Answer(response.statusCode(), JSON.readTree(response.body()), response);
  }
}
