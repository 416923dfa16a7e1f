package io.millrace.gateway.ingest.cloudevents;

import com.fasterxml.jackson.databind.JsonNode;
import io.cloudevents.core.data.BytesCloudEventData;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.RequestJson;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.emitter.Problem;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells the three modes of the CloudEvents HTTP binding apart, and reads each. */
final class ModeReader {

  private static final String STRUCTURED = "application/cloudevents+json";
  private static final String BATCH = "application/cloudevents-batch+json";
  private static final String OTHER_FORMATS = "application/cloudevents";

  /** About how many faults of one request are told; a body can hold a hundred thousand. */
  static final int MOST_PROBLEMS = 100;

  private static final String HEADER_PREFIX = "ce-";

  private ModeReader() {}

  /** The events of a request; fails with {@link HttpProblem} if it holds none that can be read. */
  static List<Incoming> read(Exchange exchange, byte[] body) {
    String type = exchange.mediaType();
    if (type.equals(STRUCTURED)) {
      return List.of(StructuredReader.read(RequestJson.parse(body), "event"));
    }
    if (type.equals(BATCH)) {
      return batch(RequestJson.parse(body));
    }
    if (type.startsWith(OTHER_FORMATS)) {
      throw HttpProblem.of(
          Trouble.UNSUPPORTED_MEDIA_TYPE,
          "Content-Type",
          "must be " + STRUCTURED + " or " + BATCH + ", or the attributes must be in headers");
    }
    return List.of(binary(exchange, body));
  }

  private static List<Incoming> batch(JsonNode root) {
    if (!root.isArray()) {
      throw HttpProblem.of(Trouble.MALFORMED, "body", "must be a JSON array of events");
    }
    List<Incoming> events = new ArrayList<>(root.size());
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < root.size() && problems.size() < MOST_PROBLEMS; i++) {
      try {
        events.add(StructuredReader.read(root.get(i), "events[" + i + "]"));
      } catch (HttpProblem problem) {
        problems.addAll(problem.problems());
      }
    }
    if (!problems.isEmpty()) {
      throw HttpProblem.of(Trouble.MALFORMED, problems);
    }
    return events;
  }

  private static Incoming binary(Exchange exchange, byte[] body) {
    Map<String, String> attributes = new HashMap<>();
    exchange.eachHeader(
        (name, value) -> {
          if (name.startsWith(HEADER_PREFIX)) {
            attributes.put(name.substring(HEADER_PREFIX.length()), unescape(name, value));
          }
        });
    if (!attributes.containsKey("specversion")) {
      throw HttpProblem.of(
          Trouble.MISSING,
          "ce-specversion",
          "is missing, and Content-Type is not " + STRUCTURED + " either");
    }
    String contentType = exchange.header("Content-Type");
    if (contentType != null) {
      attributes.put("datacontenttype", contentType);
    }
    return new Incoming(
        "event", attributes, body.length == 0 ? null : BytesCloudEventData.wrap(body));
  }

  /** Undoes quotes and percent encoding, as the HTTP binding says (section 3.1.3.2). */
  private static String unescape(String name, String value) {
    String text = value;
    if (text.length() > 1 && text.startsWith("\"") && text.endsWith("\"")) {
      text = text.substring(1, text.length() - 1).replaceAll("\\\\(.)", "$1");
    }
    try {
      // URLDecoder reads forms, in which a plus is a space; here it is a plus.
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw HttpProblem.of(Trouble.MALFORMED, name, "holds a % that does not encode a character");
    }
  }
}
