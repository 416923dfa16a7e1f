package io.millrace.gateway.publicapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.gateway.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/** {@code GET /doc/openapi.json}: what is served here, in OpenAPI 3.1, and in no envelope. */
public final class OpenApi {

  private OpenApi() {}

  public static Route route() {
    JsonNode document = read();
    return new Route(
        "GET",
        "/doc/openapi.json",
        call -> CompletableFuture.completedFuture(Reply.json(200, document)));
  }

  private static JsonNode read() {
    try (InputStream in =
        Objects.requireNonNull(OpenApi.class.getResourceAsStream("openapi.json"))) {
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the description of the public API cannot be read", e);
    }
  }
}
