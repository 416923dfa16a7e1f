package io.millrace.gateway.publicapi.dryrun;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.rw.CloudEventRWException;
import io.millrace.model.emitter.EventOverrides;
import io.millrace.model.emitter.WebhookParameters;
import io.millrace.model.event.HeaderText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a Webhook emitter would post. Left out are credentials, signatures, and what differs with
 * each delivery; headers that look like a secret are masked.
 */
final class WebhookPreview {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final JsonFormat FORMAT = new JsonFormat();
  private static final int LONGEST_BODY = 16 * 1024;
  private static final Pattern SECRET =
      Pattern.compile(".*(auth|token|secret|key|password|cookie|signature).*");

  private WebhookPreview() {}

  static ObjectNode of(WebhookParameters parameters, CloudEvent event) {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("method", "POST");
    request.put("url", parameters.url().toString());
    ObjectNode headers = request.putObject("headers");
    parameters
        .headers()
        .forEach((name, value) -> headers.put(name, isSecret(name) ? "***" : value));
    try {
      body(request, body(parameters, overridden(parameters.overrides(), event), headers));
    } catch (IOException | CloudEventRWException e) {
      request.put("error", "cannot be made: the event's data is not what its content type says");
    }
    return request;
  }

  private static String body(WebhookParameters parameters, CloudEvent event, ObjectNode headers)
      throws IOException {
    return switch (parameters.mode()) {
      case BINARY -> {
        HttpMessageFactory.createWriter(
                (name, value) -> headers.put(name, encoded(name, value)), body -> {})
            .writeBinary(event);
        yield event.getData() == null
            ? ""
            : laid(event.getData().toBytes(), parameters.prettyPrint(), false);
      }
      case STRUCTURED -> {
        headers.put("content-type", FORMAT.serializedContentType());
        yield laid(FORMAT.serialize(event), parameters.prettyPrint(), true);
      }
      case BATCH -> {
        headers.put("content-type", "application/cloudevents-batch+json");
        yield "[" + laid(FORMAT.serialize(event), parameters.prettyPrint(), true) + "]";
      }
    };
  }

  /** As it is, unless it is JSON to be laid out; what must be JSON is checked. */
  private static String laid(byte[] body, boolean pretty, boolean mustBeJson) throws IOException {
    if (pretty || mustBeJson) {
      try {
        JsonNode tree = JSON.readTree(body);
        if (pretty) {
          return JSON.writer(new DefaultPrettyPrinter()).writeValueAsString(tree);
        }
      } catch (JsonProcessingException e) {
        if (mustBeJson) {
          throw e;
        }
      }
    }
    return new String(body, StandardCharsets.UTF_8);
  }

  private static void body(ObjectNode request, String body) {
    boolean whole = body.length() <= LONGEST_BODY;
    request.put("body", whole ? body : body.substring(0, LONGEST_BODY));
    if (!whole) {
      request.put("bodyTruncated", true);
    }
  }

  private static CloudEvent overridden(EventOverrides overrides, CloudEvent event) {
    CloudEventBuilder builder = CloudEventBuilder.from(event);
    if (overrides.source() != null) {
      builder.withSource(overrides.source());
    }
    if (overrides.subject() != null) {
      builder.withSubject(overrides.subject());
    }
    return builder.build();
  }

  private static String encoded(String name, String value) {
    return name.toLowerCase(Locale.ROOT).startsWith("ce-") ? HeaderText.encode(value) : value;
  }

  private static boolean isSecret(String header) {
    return SECRET.matcher(header.toLowerCase(Locale.ROOT)).matches();
  }
}
