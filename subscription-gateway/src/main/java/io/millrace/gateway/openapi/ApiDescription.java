package io.millrace.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.millrace.gateway.http.Endpoint;
import io.millrace.gateway.http.ErrorEnvelope;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.publicapi.PublicApi;
import io.millrace.gateway.publicapi.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;

/**
 * OpenAPI 3.1 of everything that is served by REST, put together of one part for each feature.
 * Served to everybody: it tells nothing that needs credentials.
 */
public final class ApiDescription {

  private static final YAMLMapper YAML = new YAMLMapper();

  // In the order in which the page tells them.
  private static final List<String> PARTS =
      List.of(
          "api",
          "ingest",
          "emitters",
          "audit",
          "identities",
          "acronis",
          "acronis-own",
          "events",
          "description");

  private final JsonNode document;
  private final String page;

  public ApiDescription() {
    ObjectNode whole = YAML.createObjectNode();
    PARTS.forEach(part -> merge(whole, read(part)));
    this.document = whole;
    this.page = DescriptionPage.of(whole);
  }

  /** {@code /openapi.json}, and the page {@code /publicapi/doc}. */
  public List<Mount> mounts() {
    return List.of(
        mount("/openapi.json", exchange -> CompletableFuture.completedFuture(json())),
        mount(
            PublicApi.ROOT + "/doc",
            exchange ->
                CompletableFuture.completedFuture(
                    Reply.html(200, page)
                        .with("Content-Security-Policy", DescriptionPage.SECURITY_POLICY))));
  }

  /** {@code GET /publicapi/doc/openapi.json}: the same document. */
  public Route route() {
    return new Route("GET", "/doc/openapi.json", call -> CompletableFuture.completedFuture(json()));
  }

  private Reply json() {
    return Reply.json(200, document);
  }

  private static Mount mount(String path, Endpoint endpoint) {
    return new Mount(
        "description", path, false, Map.of("GET", endpoint, "HEAD", endpoint), new ErrorEnvelope());
  }

  private static void merge(ObjectNode whole, JsonNode part) {
    part.properties()
        .forEach(
            field -> {
              JsonNode there = whole.get(field.getKey());
              if (there == null) {
                whole.set(field.getKey(), field.getValue());
              } else if (there instanceof ObjectNode object && field.getValue().isObject()) {
                merge(object, field.getValue());
              } else {
                throw new IllegalStateException("described twice: " + field.getKey());
              }
            });
  }

  private static JsonNode read(String part) {
    String name = part + ".yaml";
    try (InputStream in =
        Objects.requireNonNull(ApiDescription.class.getResourceAsStream(name), name)) {
      return YAML.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the description of the API cannot be read: " + name, e);
    }
  }
}
