package io.millrace.emitter.payload;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Lays out JSON anew, token by token, so that numbers keep every digit. */
enum JsonLayout {
  COMPACT,
  PRETTY;

  private static final JsonFactory JSON = new JsonFactory();

  /**
   * The same document in this layout.
   *
   * @throws IOException if it is anything but one JSON value
   */
  byte[] lay(byte[] json) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length + 64);
    try (JsonParser parser = JSON.createParser(json);
        JsonGenerator generator = JSON.createGenerator(out)) {
      if (this == PRETTY) {
        generator.setPrettyPrinter(new DefaultPrettyPrinter());
      }
      if (parser.nextToken() == null) {
        throw new IOException("no JSON");
      }
      generator.copyCurrentStructureExact(parser);
      if (parser.nextToken() != null) {
        throw new IOException("more than one JSON value");
      }
    }
    return out.toByteArray();
  }
}
