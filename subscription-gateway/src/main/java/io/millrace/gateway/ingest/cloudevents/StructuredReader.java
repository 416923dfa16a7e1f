package io.millrace.gateway.ingest.cloudevents;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.core.data.BytesCloudEventData;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.RequestJson;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.emitter.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads one event in CloudEvents' JSON format. Attribute names may have capitals, which the format
 * forbids and a vendor prints ({@code Ip}).
 */
final class StructuredReader {

  private static final String DATA = "data";
  private static final String DATA_BASE64 = "data_base64";

  private StructuredReader() {}

  static Incoming read(JsonNode node, String at) {
    if (!node.isObject()) {
      throw HttpProblem.of(Trouble.MALFORMED, at, "must be a JSON object");
    }
    List<Problem> problems = new ArrayList<>();
    Map<String, String> attributes = new HashMap<>();
    node.properties()
        .forEach(
            field -> {
              String name = field.getKey().toLowerCase(Locale.ROOT);
              JsonNode value = field.getValue();
              if (name.equals(DATA) || name.equals(DATA_BASE64) || value.isNull()) {
                return;
              }
              if (value.isContainerNode()) {
                problems.add(new Problem(at + "." + name, "must be a text, number or boolean"));
              } else if (attributes.put(name, value.asText()) != null) {
                problems.add(new Problem(at + "." + name, "is there twice"));
              }
            });
    byte[] data = data(node, attributes.get("datacontenttype"), at, problems);
    if (!problems.isEmpty()) {
      throw HttpProblem.of(Trouble.MALFORMED, problems);
    }
    return new Incoming(at, attributes, data == null ? null : BytesCloudEventData.wrap(data));
  }

  private static byte @Nullable [] data(
      JsonNode node, @Nullable String contentType, String at, List<Problem> problems) {
    JsonNode data = node.get(DATA);
    JsonNode encoded = node.path(DATA_BASE64);
    if (data != null && encoded.isTextual()) {
      problems.add(new Problem(at + "." + DATA, "and " + DATA_BASE64 + " must not both be there"));
      return null;
    }
    if (encoded.isTextual()) {
      return decode(encoded.textValue(), at, problems);
    }
    if (data == null || data.isNull()) {
      return null;
    }
    return data.isTextual() && !JsonText.isJsonType(contentType)
        ? data.textValue().getBytes(StandardCharsets.UTF_8)
        : RequestJson.write(data);
  }

  private static byte @Nullable [] decode(String encoded, String at, List<Problem> problems) {
    try {
      return Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(at + "." + DATA_BASE64, "is not Base64"));
      return null;
    }
  }
}
