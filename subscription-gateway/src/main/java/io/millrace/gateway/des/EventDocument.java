package io.millrace.gateway.des;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.millrace.gateway.ingest.cloudevents.JsonText;
import io.millrace.gateway.live.EventFormat;
import io.millrace.gateway.live.LiveEvent;
import io.millrace.model.event.JsonData;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An event as one JSON document, by the CloudEvents JSON format, with its position beside its own
 * attributes. Data that calls itself JSON and is none goes as Base64, lest it break the document or
 * forge attributes.
 */
final class EventDocument implements EventFormat {

  /** Extension attribute: where the event stands; a client gives it back to go on behind it. */
  static final String POSITION = "streamposition";

  private static final Logger LOG = LoggerFactory.getLogger(EventDocument.class);
  private static final JsonFormat FORMAT = new JsonFormat();
  private static final JsonFormat BASE64 = FORMAT.withForceJsonDataToBase64();

  @Override
  public ByteBuffer write(LiveEvent event) {
    return write(event.event(), event.position());
  }

  /** An event that may stand nowhere. */
  static ByteBuffer write(CloudEvent event, @Nullable String position) {
    CloudEventBuilder placed = CloudEventBuilder.v1(event);
    if (position != null) {
      placed.withExtension(POSITION, position);
    }
    if (unreadableType(event)) {
      placed.withDataContentType("application/octet-stream");
    }
    CloudEvent whole = placed.build();
    try {
      return ByteBuffer.wrap((sound(whole) ? FORMAT : BASE64).serialize(whole)).asReadOnlyBuffer();
    } catch (RuntimeException e) {
      // Better without its data than no event, for all who wait for it.
      LOG.warn("The data of an event at {} cannot be written as JSON", position, e);
      byte[] bare = FORMAT.serialize(CloudEventBuilder.v1(whole).withoutData().build());
      return ByteBuffer.wrap(bare).asReadOnlyBuffer();
    }
  }

  // The format's own pattern takes exponential time over semicolons before a line break.
  private static boolean unreadableType(CloudEvent event) {
    String type = event.getDataContentType();
    return type != null && type.chars().anyMatch(Character::isISOControl);
  }

  private static boolean sound(CloudEvent event) {
    CloudEventData data = event.getData();
    return data == null
        || !JsonData.isJson(event.getDataContentType())
        || JsonText.isValid(data.toBytes());
  }
}
