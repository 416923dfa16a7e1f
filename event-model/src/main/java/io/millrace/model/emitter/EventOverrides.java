package io.millrace.model.emitter;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Attributes that an emitter replaces in the events it hands out. Source: Trisotech DES, parameters
 * {@code source} and {@code subject} of Webhook, File and Console.
 *
 * @param source replaces the event's source; absent leaves it
 * @param subject replaces the event's subject; absent leaves it
 */
public record EventOverrides(@Nullable URI source, @Nullable String subject) {

  public static final EventOverrides NONE = new EventOverrides(null, null);

  static EventOverrides read(ParameterReader reader) {
    return new EventOverrides(
        reader.uri("source", uri -> true, "a URI reference"), reader.text("subject"));
  }

  void write(Map<String, Object> parameters) {
    if (source != null) {
      parameters.put("source", source.toString());
    }
    if (subject != null) {
      parameters.put("subject", subject);
    }
  }
}
