package io.millrace.source.record;

import io.cloudevents.CloudEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * A text with an event's attributes in it, such as {@code acronis/{tenantid}/{subjecttype:none}}:
 * {@code {name}} stands for the attribute's value, {@code {name:other}} for the other text where
 * the event has no such attribute.
 */
public final class AttributeTemplate {

  private static final Pattern PLACE = Pattern.compile("\\{([a-z0-9]{1,100})(?::([^{}]*))?}");

  private final String text;
  private final List<Part> parts = new ArrayList<>();

  /**
   * Reads a template.
   *
   * @throws IllegalArgumentException if it has a brace that belongs to no place, or is empty
   */
  public AttributeTemplate(String text) {
    this.text = text;
    Matcher places = PLACE.matcher(text);
    int end = 0;
    while (places.find()) {
      literal(text.substring(end, places.start()));
      parts.add(new Part(places.group(1), places.group(2)));
      end = places.end();
    }
    literal(text.substring(end));
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("a template must not be empty");
    }
  }

  /** Checks the value of a configuration key. */
  public static void validate(String key, @Nullable Object value) {
    if (value != null) {
      try {
        AttributeTemplate unused = new AttributeTemplate(value.toString());
      } catch (IllegalArgumentException e) {
        throw new ConfigException(key, value, e.getMessage());
      }
    }
  }

  /** The text for this event; null if it lacks an attribute that has no other text. */
  public @Nullable String of(CloudEvent event) {
    StringBuilder filled = new StringBuilder();
    for (Part part : parts) {
      String value = part.of(event);
      if (value == null) {
        return null;
      }
      filled.append(value);
    }
    return filled.toString();
  }

  @Override
  public String toString() {
    return text;
  }

  private void literal(String literal) {
    if (literal.indexOf('{') >= 0 || literal.indexOf('}') >= 0) {
      throw new IllegalArgumentException(
          "braces hold the name of an attribute, which has lower case letters and digits");
    }
    if (!literal.isEmpty()) {
      parts.add(new Part(null, literal));
    }
  }

  private record Part(@Nullable String attribute, @Nullable String other) {

    @Nullable String of(CloudEvent event) {
      Object value =
          attribute == null
              ? null
              : event.getAttributeNames().contains(attribute)
                  ? event.getAttribute(attribute)
                  : event.getExtension(attribute);
      return value == null || value.toString().isBlank() ? other : value.toString();
    }
  }
}
