package io.millrace.server.events.servlet;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a call carried: JSON as such, a form as an object, text as text. Anything else is left out.
 */
final class Payload {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final byte[] body;
  private final @Nullable String contentType;
  private final Charset charset;
  private final @Nullable Map<String, String[]> form;
  private final @Nullable String omitted;

  private Payload(
      byte[] body,
      @Nullable String contentType,
      Charset charset,
      @Nullable Map<String, String[]> form,
      @Nullable String omitted) {
    this.body = body;
    this.contentType = contentType;
    this.charset = charset;
    this.form = form;
    this.omitted = omitted;
  }

  /**
   * Takes what was captured.
   *
   * @param charset of a text, if it is known
   * @param form fields that the container read in place of the body
   * @param encoded whether the bytes are compressed
   */
  static Payload of(
      BoundedCapture capture,
      @Nullable String contentType,
      @Nullable String charset,
      @Nullable Map<String, String[]> form,
      boolean encoded,
      int limit) {
    String omitted = null;
    if (capture.isTooLarge()) {
      omitted = "larger than " + limit + " bytes";
    } else if (encoded) {
      omitted = "is encoded";
    } else if (!isReadable(contentType) && capture.bytes().length > 0) {
      omitted = "is neither JSON nor text";
    }
    byte[] body = omitted == null ? capture.bytes() : new byte[0];
    return new Payload(body, contentType, charset(charset), form, omitted);
  }

  int size() {
    return body.length;
  }

  /** Why there is no payload though there was one; null otherwise. */
  @Nullable String omitted() {
    return omitted;
  }

  /** The payload for an event's data; null if there is none. */
  @Nullable Object value() {
    if (body.length == 0) {
      return form == null || form.isEmpty() ? null : fields(form);
    }
    if (isJson(contentType)) {
      try {
        return JSON.readTree(body);
      } catch (IOException e) {
        return new String(body, charset); // What was sent, though it is not what it claims to be.
      }
    }
    return new String(body, charset);
  }

  private static Map<String, Object> fields(Map<String, String[]> form) {
    Map<String, Object> fields = new LinkedHashMap<>();
    form.forEach(
        (name, values) -> {
          if (!AutoEventSettings.isCredential(name)) {
            fields.put(name, values.length == 1 ? values[0] : List.of(values));
          }
        });
    return fields;
  }

  private static boolean isReadable(@Nullable String contentType) {
    String type = bare(contentType);
    return isJson(contentType) || type.startsWith("text/") || type.endsWith("xml");
  }

  private static boolean isJson(@Nullable String contentType) {
    String type = bare(contentType);
    return type.equals("application/json") || type.endsWith("+json");
  }

  private static String bare(@Nullable String contentType) {
    if (contentType == null) {
      return "";
    }
    int parameters = contentType.indexOf(';');
    String type = parameters < 0 ? contentType : contentType.substring(0, parameters);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  private static Charset charset(@Nullable String name) {
    try {
      return name == null ? StandardCharsets.UTF_8 : Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return StandardCharsets.UTF_8;
    }
  }
}
