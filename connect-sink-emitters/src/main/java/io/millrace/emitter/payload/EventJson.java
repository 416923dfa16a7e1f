package io.millrace.emitter.payload;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.jackson.JsonFormat;
import io.cloudevents.rw.CloudEventRWException;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Events as JSON documents, by the CloudEvents JSON format. Data that calls itself JSON is read
 * before it goes into a document: what is no JSON would break it, and what is more than one value
 * could forge attributes. Safe for use by several threads.
 *
 * <p>Source: CloudEvents JSON event format 1.0.
 */
public final class EventJson {

  private static final JsonFormat FORMAT = new JsonFormat();
  private static final Pattern JSON_TYPE =
      Pattern.compile("(application|text)/([a-zA-Z]+\\+)?json(;.*)?");

  private EventJson() {}

  /** The media type of {@link #document}. */
  public static String contentType() {
    return FORMAT.serializedContentType();
  }

  /**
   * The event as one JSON document: one line, or laid out for people.
   *
   * @throws InvalidDataException if the data cannot be part of a document
   */
  public static byte[] document(CloudEvent event, boolean pretty) throws InvalidDataException {
    checkContentType(event.getDataContentType());
    CloudEventData data = event.getData();
    CloudEvent checked =
        data != null && isJson(event)
            ? CloudEventBuilder.from(event).withData(lay(data, JsonLayout.COMPACT)).build()
            : event;
    try {
      byte[] line = FORMAT.serialize(checked);
      return pretty ? JsonLayout.PRETTY.lay(line) : line;
    } catch (CloudEventRWException | IOException e) {
      throw new InvalidDataException("the event cannot be written as JSON", e);
    }
  }

  /**
   * The event's data by itself, laid out for people if asked for and if it is JSON.
   *
   * @return empty for an event without data
   */
  public static byte[] data(CloudEvent event, boolean pretty) {
    CloudEventData data = event.getData();
    if (data == null) {
      return new byte[0];
    }
    if (!pretty || !isJson(event)) {
      return data.toBytes();
    }
    try {
      return JsonLayout.PRETTY.lay(data.toBytes());
    } catch (IOException e) {
      return data.toBytes();
    }
  }

  // The format's own pattern takes exponential time over semicolons before a line break.
  private static void checkContentType(@Nullable String type) throws InvalidDataException {
    if (type != null && type.chars().anyMatch(Character::isISOControl)) {
      throw new InvalidDataException("the event's content type has control characters", null);
    }
  }

  private static byte[] lay(CloudEventData data, JsonLayout layout) throws InvalidDataException {
    try {
      return layout.lay(data.toBytes());
    } catch (IOException e) {
      throw new InvalidDataException("the event's data is not JSON, as its content type says", e);
    }
  }

  // As JsonFormat decides it, which keeps that to itself.
  private static boolean isJson(CloudEvent event) {
    String type = event.getDataContentType();
    return type == null || JSON_TYPE.matcher(type).matches();
  }
}
