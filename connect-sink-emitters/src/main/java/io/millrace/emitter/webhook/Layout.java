package io.millrace.emitter.webhook;

import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import io.millrace.emitter.http.Post;
import io.millrace.emitter.lane.Emission;
import io.millrace.emitter.payload.EventJson;
import io.millrace.emitter.payload.InvalidDataException;
import io.millrace.emitter.payload.Overrides;
import io.millrace.model.emitter.WebhookParameters;
import io.millrace.model.event.HeaderText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.message.BasicHeader;

/** Events as headers and body of a request. Source: CloudEvents HTTP protocol binding 1.0. */
final class Layout {

  private static final String ATTRIBUTE = "ce-";
  private static final Header DOCUMENT =
      new BasicHeader(HttpHeaders.CONTENT_TYPE, EventJson.contentType());
  private static final Header DOCUMENTS =
      new BasicHeader(HttpHeaders.CONTENT_TYPE, "application/cloudevents-batch+json");

  private final WebhookParameters parameters;
  private final List<Header> own;

  Layout(WebhookParameters parameters) {
    this.parameters = parameters;
    this.own =
        parameters.headers().entrySet().stream()
            .<Header>map(header -> new BasicHeader(header.getKey(), header.getValue()))
            .toList();
  }

  /**
   * What a request says of events.
   *
   * @param headers those of the parameters, too; may be added to
   */
  record Content(List<Header> headers, Post.Body body) {}

  /**
   * Lays out events.
   *
   * @param emissions one, unless the mode is batch
   * @throws InvalidDataException if the data of one cannot be part of a document
   */
  Content of(List<Emission> emissions) throws InvalidDataException {
    List<Header> headers = new ArrayList<>(own.size() + 16);
    headers.addAll(own);
    byte[] body =
        switch (parameters.mode()) {
          case BINARY -> binary(event(emissions.get(0)), headers);
          case STRUCTURED -> {
            headers.add(DOCUMENT);
            yield EventJson.document(event(emissions.get(0)), parameters.prettyPrint());
          }
          case BATCH -> {
            headers.add(DOCUMENTS);
            yield batch(emissions);
          }
        };
    return new Content(headers, new Post.Body(body));
  }

  private CloudEvent event(Emission emission) {
    return Overrides.apply(parameters.overrides(), emission.event());
  }

  private byte[] binary(CloudEvent event, List<Header> headers) {
    HttpMessageFactory.createWriter(
            (name, value) -> headers.add(new BasicHeader(name, encoded(name, value))), body -> {})
        .writeBinary(event);
    return EventJson.data(event, parameters.prettyPrint());
  }

  private byte[] batch(List<Emission> emissions) throws InvalidDataException {
    ByteArrayOutputStream array = new ByteArrayOutputStream(emissions.size() * 1024);
    byte[] before = "[".getBytes(StandardCharsets.US_ASCII);
    for (Emission emission : emissions) {
      array.writeBytes(before);
      array.writeBytes(EventJson.document(event(emission), parameters.prettyPrint()));
      before = ",".getBytes(StandardCharsets.US_ASCII);
    }
    array.write(']');
    return array.toByteArray();
  }

  private static String encoded(String name, String value) {
    return name.toLowerCase(Locale.ROOT).startsWith(ATTRIBUTE) ? HeaderText.encode(value) : value;
  }
}
