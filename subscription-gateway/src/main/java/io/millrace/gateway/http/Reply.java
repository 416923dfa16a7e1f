package io.millrace.gateway.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** An HTTP response that is ready to be sent. */
public final class Reply {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final int status;
  private final Map<String, String> headers;
  private final ByteBuffer body;
  private final @Nullable Streamed streamed;

  private Reply(
      int status, Map<String, String> headers, ByteBuffer body, @Nullable Streamed streamed) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.streamed = streamed;
  }

  private Reply(int status, Map<String, String> headers, ByteBuffer body) {
    this(status, headers, body, null);
  }

  /** A body that is made while it is sent. */
  record Streamed(BodySource source, Executor executor) {}

  /**
   * A response of any length.
   *
   * @param source closed when it is no longer needed, whatever happens
   * @param executor its threads make the pieces of the body, and may wait meanwhile
   */
  public static Reply stream(int status, String contentType, BodySource source, Executor executor) {
    return new Reply(
        status,
        Map.of("Content-Type", contentType),
        ByteBuffer.allocate(0),
        new Streamed(source, executor));
  }

  public static Reply json(int status, JsonNode body) {
    try {
      return new Reply(
          status,
          Map.of("Content-Type", "application/json"),
          ByteBuffer.wrap(JSON.writeValueAsBytes(body)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree could not be written", e);
    }
  }

  /** A page, as a text of HTML. */
  public static Reply html(int status, String page) {
    return new Reply(
        status,
        Map.of("Content-Type", "text/html; charset=utf-8"),
        ByteBuffer.wrap(page.getBytes(StandardCharsets.UTF_8)));
  }

  /** A response with a body of any type. */
  public static Reply bytes(int status, String contentType, byte[] body) {
    return new Reply(status, Map.of("Content-Type", contentType), ByteBuffer.wrap(body));
  }

  /** A response without a body. */
  public static Reply empty(int status) {
    return new Reply(status, Map.of(), ByteBuffer.allocate(0));
  }

  /** The same with one more header. */
  public Reply with(String header, String value) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put(header, value);
    return new Reply(status, all, body, streamed);
  }

  /** The same with more headers. */
  public Reply with(Map<String, String> more) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.putAll(more);
    return new Reply(status, all, body, streamed);
  }

  public int status() {
    return status;
  }

  Map<String, String> headers() {
    return headers;
  }

  @Nullable Streamed streamed() {
    return streamed;
  }

  /** The body from its first byte, as a view of its own. */
  public ByteBuffer body() {
    return body.asReadOnlyBuffer();
  }
}
