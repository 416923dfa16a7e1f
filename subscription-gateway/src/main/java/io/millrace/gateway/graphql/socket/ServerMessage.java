package io.millrace.gateway.graphql.socket;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import graphql.ExecutionResult;
import io.millrace.gateway.graphql.RenderedResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Makes messages to clients, in UTF-8. */
final class ServerMessage {

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE).build();

  private static final byte[] PAYLOAD = ",\"payload\":".getBytes(StandardCharsets.US_ASCII);

  private ServerMessage() {}

  /** Of the whole connection. */
  static ByteBuffer of(String type) {
    return write(null, type, null);
  }

  /** Of the whole connection, with a payload of maps, lists, or JSON; null for none. */
  static ByteBuffer of(String type, @Nullable Object payload) {
    return write(null, type, payload);
  }

  /** Of one operation. */
  static ByteBuffer of(String id, String type, @Nullable Object payload) {
    return write(id, type, payload);
  }

  /**
   * One operation's result.
   *
   * @throws UncheckedIOException if it holds what cannot be JSON
   */
  static ByteBuffer result(String id, String type, ExecutionResult result) {
    return result instanceof RenderedResult rendered
        ? around(write(id, type, null), rendered.json())
        : write(id, type, result.toSpecification());
  }

  /** Puts a payload that is JSON already into a message without one. */
  private static ByteBuffer around(ByteBuffer message, ByteBuffer payload) {
    message.limit(message.limit() - 1); // Without the bracket that ends it.
    return ByteBuffer.allocate(message.remaining() + PAYLOAD.length + payload.remaining() + 1)
        .put(message)
        .put(PAYLOAD)
        .put(payload)
        .put((byte) '}')
        .flip();
  }

  private static ByteBuffer write(@Nullable String id, String type, @Nullable Object payload) {
    ByteArrayBuilder bytes = new ByteArrayBuilder();
    try (JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      if (id != null) {
        json.writeStringField("id", id);
      }
      json.writeStringField("type", type);
      if (payload != null) {
        json.writeFieldName("payload");
        JSON.writeValue(json, payload);
      }
      json.writeEndObject();
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot be written", e);
    }
    return ByteBuffer.wrap(bytes.toByteArray());
  }
}
