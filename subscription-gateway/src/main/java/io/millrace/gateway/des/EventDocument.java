package io.millrace.gateway.des;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.millrace.gateway.ingest.cloudevents.JsonText;
import io.millrace.gateway.live.EventFormat;
import io.millrace.gateway.live.LiveEvent;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An event as one JSON document, by the CloudEvents JSON format, with its position beside its own
 * attributes. Data that calls itself JSON and is none goes as Base64, lest it break the document or
 * forge attributes.
 */
final class EventDocument implements EventFormat {

  /** Extension attribute: where the event stands; a client gives it back to go on behind it. */
  static final String POSITION = "streamposition";

  private static final JsonFormat FORMAT = new JsonFormat();
  private static final JsonFormat BASE64 = FORMAT.withForceJsonDataToBase64();

  @Override
  public ByteBuffer write(LiveEvent event) {
    return write(event.event(), event.position());
  }

  /** An event that may stand nowhere. */
  static ByteBuffer write(CloudEvent event, @Nullable String position) {
    CloudEvent placed =
        position == null
            ? event
            : CloudEventBuilder.v1(event).withExtension(POSITION, position).build();
    return ByteBuffer.wrap((sound(event) ? FORMAT : BASE64).serialize(placed)).asReadOnlyBuffer();
  }

  private static boolean sound(CloudEvent event) {
    CloudEventData data = event.getData();
    return data == null
        || !JsonText.isJsonType(event.getDataContentType())
        || JsonText.isValid(data.toBytes());
  }
}
