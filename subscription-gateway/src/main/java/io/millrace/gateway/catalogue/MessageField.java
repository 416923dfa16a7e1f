package io.millrace.gateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A field of a message's data.
 *
 * @param example any JSON value
 */
public record MessageField(
    String name, @Nullable String description, Type type, @Nullable JsonNode example) {

  /** What a field holds, as JSON has it; {@code ANY} where it is not told. */
  public enum Type {
    STRING,
    NUMBER,
    INTEGER,
    BOOLEAN,
    OBJECT,
    ARRAY,
    /** A text: RFC 3339 date and time. */
    TIMESTAMP,
    ANY;

    /** As the catalogue and its readers write it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
      return text();
    }
  }
}
