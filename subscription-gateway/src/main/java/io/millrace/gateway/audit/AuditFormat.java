package io.millrace.gateway.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.millrace.model.audit.AuditEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a download looks like. */
enum AuditFormat {
  /** A JSON array of entries. */
  ARRAY("application/json", "json", "[", ",\n", "\n]\n"),
  /** An entry a line. */
  LINES("application/x-ndjson", "ndjson", "", "\n", "\n"),
  /** A JSON array of the events alone, which cannot be verified. */
  EVENTS("application/cloudevents-batch+json", "json", "[", ",\n", "\n]\n");

  private static final JsonFactory JSON = new JsonFactory();

  private final String mediaType;
  private final String suffix;
  private final String begin;
  private final String between;
  private final String end;

  AuditFormat(String mediaType, String suffix, String begin, String between, String end) {
    this.mediaType = mediaType;
    this.suffix = suffix;
    this.begin = begin;
    this.between = between;
    this.end = end;
  }

  String mediaType() {
    return mediaType;
  }

  /** Of a file that holds the download. */
  String suffix() {
    return suffix;
  }

  /** The one that the header {@code Accept} likes most; an array if it likes none. */
  static AuditFormat of(@Nullable String accept) {
    AuditFormat best = ARRAY;
    double liked = 0;
    for (String range : accept == null ? new String[0] : accept.split(",", -1)) {
      String[] parts = range.split(";", -1);
      String type = parts[0].strip().toLowerCase(Locale.ROOT);
      double quality = Preference.quality(parts);
      for (AuditFormat format : values()) {
        if (type.equals(format.mediaType) && quality > liked) {
          best = format;
          liked = quality;
        }
      }
    }
    return best;
  }

  /** What comes before the first entry, or stands alone where there is none. */
  void begin(ByteArrayOutputStream out) {
    put(begin, out);
  }

  void append(AuditEntry entry, boolean first, boolean pretty, ByteArrayOutputStream out)
      throws IOException {
    put(first ? (this == LINES ? "" : "\n") : between, out);
    if (pretty && this != LINES) {
      ByteArrayOutputStream line = new ByteArrayOutputStream(1024);
      document(entry, line);
      lay(line.toByteArray(), out);
    } else {
      document(entry, out);
    }
  }

  /** What comes after the last entry. */
  void end(boolean empty, ByteArrayOutputStream out) {
    put(empty && this == LINES ? "" : end, out);
  }

  private void document(AuditEntry entry, ByteArrayOutputStream out) {
    if (this == EVENTS) {
      out.writeBytes(entry.event());
    } else {
      entry.appendTo(out);
    }
  }

  // Token by token, so that numbers keep their digits, of which the entry's hash is made.
  private static void lay(byte[] json, ByteArrayOutputStream out) throws IOException {
    ByteArrayOutputStream laid = new ByteArrayOutputStream(json.length * 2);
    try (JsonParser parser = JSON.createParser(json);
        JsonGenerator generator = JSON.createGenerator(laid)) {
      generator.setPrettyPrinter(new DefaultPrettyPrinter());
      while (parser.nextToken() != null) {
        if (parser.currentToken().isNumeric()) {
          generator.writeNumber(parser.getText());
        } else {
          generator.copyCurrentEvent(parser);
        }
      }
    }
    laid.writeTo(out);
  }

  private static void put(String text, ByteArrayOutputStream out) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }
}
