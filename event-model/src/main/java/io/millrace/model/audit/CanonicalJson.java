package io.millrace.model.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/**
 * JSON without white space between its tokens, texts with the fewest escapes: what an entry's hash
 * is made of, so that it survives every layout. Numbers keep their digits, fields their order.
 */
public final class CanonicalJson {

  private static final JsonFactory JSON = new JsonFactory();

  private CanonicalJson() {}

  /**
   * The canonical form of a document.
   *
   * @throws IOException if it is anything but one JSON value
   */
  public static byte[] of(byte[] json) throws IOException {
    try (JsonParser parser = JSON.createParser(json)) {
      if (parser.nextToken() == null) {
        throw new IOException("no JSON");
      }
      byte[] canonical = ofCurrent(parser);
      if (parser.nextToken() != null) {
        throw new IOException("more than one JSON value");
      }
      return canonical;
    }
  }

  /** The canonical form of the value that the parser stands at; it then stands at its end. */
  static byte[] ofCurrent(JsonParser parser) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
    try (JsonGenerator generator = JSON.createGenerator(out)) {
      int depth = 0;
      do {
        JsonToken token = parser.currentToken();
        if (token == null) {
          throw new IOException("the JSON ends too soon");
        }
        copy(token, parser, generator);
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      } while (depth > 0 && advance(parser));
    }
    return out.toByteArray();
  }

  private static boolean advance(JsonParser parser) throws IOException {
    parser.nextToken();
    return true;
  }

  private static void copy(JsonToken token, JsonParser parser, JsonGenerator generator)
      throws IOException {
    if (token.isNumeric()) {
      // As it was written: 1.0 and 1.00 are the same number, and not the same text.
      generator.writeNumber(parser.getText());
    } else {
      if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
        checkCharacters(parser.getText());
      }
      generator.copyCurrentEvent(parser);
    }
  }

  // Half a character would become bytes that are no UTF-8.
  private static void checkCharacters(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSurrogatePair(
            text.charAt(i), i + 1 < text.length() ? text.charAt(i + 1) : ' ')) {
          throw new IOException("a text with half a character");
        }
        i++;
      }
    }
  }
}
