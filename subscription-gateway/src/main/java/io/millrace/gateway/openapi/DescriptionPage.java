package io.millrace.gateway.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The description as a page that needs nothing but itself: no scripts, nothing from elsewhere. */
final class DescriptionPage {

  static final String SECURITY_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'";

  private static final List<String> METHODS =
      List.of("get", "post", "put", "patch", "delete", "options");

  private static final String STYLE =
      """
      body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
      h2{margin-top:2.5rem}summary{cursor:pointer}code{font-size:.95em}
      details{border:1px solid #ccc;border-radius:.3rem;padding:.4rem .8rem;margin:.4rem 0}
      b{display:inline-block;min-width:4.5rem}td{padding:.1rem 1rem .1rem 0;vertical-align:top}
      """;

  private final JsonNode document;
  private final StringBuilder html = new StringBuilder();

  private DescriptionPage(JsonNode document) {
    this.document = document;
  }

  static String of(JsonNode document) {
    return new DescriptionPage(document).write();
  }

  private String write() {
    JsonNode info = document.path("info");
    html.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>")
        .append(text(info.path("title")))
        .append("</title><style>")
        .append(STYLE)
        .append("</style><h1>")
        .append(text(info.path("title")))
        .append("</h1><p>")
        .append(text(info.path("description")))
        .append("<p>For machines: <a href=\"/openapi.json\">/openapi.json</a>");
    for (JsonNode tag : document.path("tags")) {
      html.append("<h2>").append(text(tag.path("name"))).append("</h2><p>");
      html.append(text(tag.path("description")));
      operations(tag.path("name").asText());
    }
    return html.append("</html>").toString();
  }

  private void operations(String tag) {
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (String method : METHODS) {
        JsonNode operation = path.getValue().path(method);
        if (operation.path("tags").path(0).asText().equals(tag)) {
          operation(method, path.getKey(), path.getValue(), operation);
        }
      }
    }
  }

  private void operation(String method, String path, JsonNode item, JsonNode operation) {
    html.append("<details><summary><b>")
        .append(method.toUpperCase(Locale.ROOT))
        .append("</b> <code>")
        .append(escaped(path))
        .append("</code> ")
        .append(text(operation.path("summary")))
        .append("</summary><table>");
    List<JsonNode> parameters = new ArrayList<>();
    item.path("parameters").forEach(parameters::add);
    operation.path("parameters").forEach(parameters::add);
    for (JsonNode one : parameters) {
      JsonNode parameter = resolved(one);
      String need = parameter.path("required").asBoolean() ? ", required" : "";
      row(
          parameter.path("name").asText() + " (" + parameter.path("in").asText() + need + ")",
          parameter.path("description").asText() + values(parameter.path("schema")));
    }
    JsonNode body = resolved(operation.path("requestBody"));
    body.path("content")
        .properties()
        .forEach(type -> row("body " + type.getKey(), fields(type.getValue().path("schema"))));
    operation
        .path("responses")
        .properties()
        .forEach(
            response ->
                row(response.getKey(), resolved(response.getValue()).path("description").asText()));
    html.append("</table></details>");
  }

  private String fields(JsonNode given) {
    JsonNode schema = resolved(given);
    if (schema.path("type").asText().equals("array")) {
      return "list of " + fields(schema.path("items"));
    }
    List<String> required = new ArrayList<>();
    schema.path("required").forEach(name -> required.add(name.asText()));
    List<String> names = new ArrayList<>();
    schema
        .path("properties")
        .fieldNames()
        .forEachRemaining(name -> names.add(required.contains(name) ? name + "*" : name));
    return names.isEmpty() ? schema.path("description").asText() : String.join(", ", names);
  }

  private static String values(JsonNode schema) {
    List<String> values = new ArrayList<>();
    schema.path("enum").forEach(value -> values.add(value.asText()));
    return values.isEmpty() ? "" : " One of " + String.join(", ", values) + ".";
  }

  private JsonNode resolved(JsonNode node) {
    String reference = node.path("$ref").asText();
    return reference.startsWith("#/") ? document.at(reference.substring(1)) : node;
  }

  private void row(String name, String value) {
    html.append("<tr><td><code>")
        .append(escaped(name))
        .append("</code><td>")
        .append(escaped(value));
  }

  private static String text(JsonNode node) {
    return escaped(node.asText());
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
