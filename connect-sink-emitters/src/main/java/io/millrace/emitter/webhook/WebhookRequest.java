package io.millrace.emitter.webhook;

import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import io.millrace.emitter.payload.EventJson;
import io.millrace.emitter.payload.InvalidDataException;
import io.millrace.emitter.payload.Overrides;
import io.millrace.model.emitter.WebhookParameters;
import java.util.Locale;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.message.BasicHttpRequest;

/** An event as an HTTP request. Source: CloudEvents HTTP protocol binding 1.0. */
final class WebhookRequest {

  private static final String ATTRIBUTE = "ce-";

  private final HttpRequest head;
  private final byte[] body;

  private WebhookRequest(HttpRequest head, byte[] body) {
    this.head = head;
    this.body = body;
  }

  /**
   * Lays out an event for an endpoint.
   *
   * @throws InvalidDataException if the data cannot be part of a structured document
   */
  static WebhookRequest of(WebhookParameters parameters, CloudEvent event)
      throws InvalidDataException {
    CloudEvent emitted = Overrides.apply(parameters.overrides(), event);
    HttpRequest head = new BasicHttpRequest(Method.POST, parameters.url());
    if (parameters.mode() == WebhookParameters.Mode.STRUCTURED) {
      head.setHeader(HttpHeaders.CONTENT_TYPE, EventJson.contentType());
      return new WebhookRequest(head, EventJson.document(emitted, parameters.prettyPrint()));
    }
    HttpMessageFactory.createWriter(
            (name, value) -> head.setHeader(name, encoded(name, value)), body -> {})
        .writeBinary(emitted);
    return new WebhookRequest(head, EventJson.data(emitted, parameters.prettyPrint()));
  }

  HttpRequest head() {
    return head;
  }

  /** Empty for an event without data in binary mode. */
  byte[] body() {
    return body;
  }

  private static String encoded(String name, String value) {
    return name.toLowerCase(Locale.ROOT).startsWith(ATTRIBUTE) ? HeaderText.encode(value) : value;
  }
}
