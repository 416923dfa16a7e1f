package io.millrace.gateway.ingest.cloudevents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What calls itself JSON, and whether it is. */
public final class JsonText {

  private static final Pattern JSON_TYPE = Pattern.compile("[^/]+/(json|[^/]+\\+json)");

  private static final JsonFactory JSON = new JsonFactory();

  private JsonText() {}

  /** Whether the bytes are one JSON value; reads them without keeping anything. */
  public static boolean isValid(byte[] text) {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether a content type means JSON; none does too, as CloudEvents says. */
  static boolean isJsonType(@Nullable String contentType) {
    if (contentType == null) {
      return true;
    }
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return JSON_TYPE.matcher(type).matches();
  }
}
