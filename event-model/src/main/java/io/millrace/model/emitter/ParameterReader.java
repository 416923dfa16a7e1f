package io.millrace.model.emitter;

import io.millrace.model.emitter.Parameter.Kind;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of one emitter and collects everything that is wrong with them: a value of
 * the wrong kind, a missing one, one that nobody asked for. For use by one thread.
 *
 * <p>Flags, numbers, arrays and objects may also be written as text, so that connector
 * configuration can be read as it is.
 */
public final class ParameterReader {

  private final Map<String, ?> values;
  private final String prefix;
  private final Map<String, Parameter> asked = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  /**
   * Over the parameters as they were written.
   *
   * @param prefix put before a parameter's name in problems, such as {@code parameters.}
   */
  public ParameterReader(Map<String, ?> values, String prefix) {
    this.values = values;
    this.prefix = prefix;
  }

  /** A text that must be there; a placeholder where it is not, and {@link #finish} will throw. */
  String requiredText(String name) {
    String text = text(name);
    ask(Parameter.required(name, Kind.STRING));
    if (text == null && values.get(name) == null) {
      problem(name, "is required");
    }
    return text == null ? "" : text;
  }

  @Nullable String text(String name) {
    Object value = ask(Parameter.optional(name, Kind.STRING));
    if (value == null) {
      return null;
    }
    if (!(value instanceof String text) || text.isBlank()) {
      problem(name, "must be a text that is not empty");
      return null;
    }
    return text;
  }

  String text(String name, String fallback) {
    ask(Parameter.optional(name, Kind.STRING).or(fallback));
    String text = text(name);
    return text == null ? fallback : text;
  }

  boolean flag(String name) {
    Object value = ask(Parameter.optional(name, Kind.BOOLEAN).or("false"));
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    if (value instanceof String text
        && (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false"))) {
      return Boolean.parseBoolean(text);
    }
    problem(name, "must be true or false");
    return false;
  }

  /** A list that must be there, perhaps written as JSON text; null where it is missing or wrong. */
  @Nullable List<?> list(String name) {
    Object value = ask(Parameter.required(name, Kind.ARRAY));
    if (value == null) {
      problem(name, "is required");
      return null;
    }
    Object list = value instanceof String text ? DefinitionJson.list(text) : value;
    if (list instanceof List<?> items) {
      return items;
    }
    problem(name, "must be an array");
    return null;
  }

  /** One of the constants of an enum, written in any case. */
  <E extends Enum<E>> E choice(String name, Class<E> type, E fallback) {
    ask(Parameter.optional(name, Kind.STRING).oneOf(constants(type)).or(constant(fallback)));
    String text = text(name);
    if (text == null) {
      return fallback;
    }
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseGet(
            () -> {
              problem(
                  name,
                  "must be one of " + String.join(", ", constants(type)) + ", and is " + text);
              return fallback;
            });
  }

  /** A URI reference that satisfies the check; {@code requirement} completes "must be …". */
  @Nullable URI uri(String name, Predicate<URI> check, String requirement) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    try {
      URI uri = new URI(text);
      if (check.test(uri)) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Reported below, without the text: it may carry credentials.
    }
    problem(name, "must be " + requirement);
    return null;
  }

  /** A whole number from {@code least} to {@code most}. */
  @Nullable Integer number(String name, int least, int most) {
    Object value = ask(Parameter.optional(name, Kind.NUMBER));
    if (value == null) {
      return null;
    }
    try {
      long number =
          value instanceof Integer || value instanceof Long
              ? ((Number) value).longValue()
              : Long.parseLong(value instanceof String text ? text.strip() : "");
      if (number >= least && number <= most) {
        return (int) number;
      }
    } catch (NumberFormatException e) {
      // Reported below.
    }
    problem(name, "must be a whole number from %d to %d".formatted(least, most));
    return null;
  }

  /** A whole number from {@code least} to {@code most}; the fallback where there is none. */
  int number(String name, int least, int most, int fallback) {
    ask(Parameter.optional(name, Kind.NUMBER).or(Integer.toString(fallback)));
    Integer number = number(name, least, most);
    return number == null ? fallback : number;
  }

  /** Texts by name; also written as text that is a JSON object. */
  Map<String, String> texts(String name) {
    Object value = ask(Parameter.optional(name, Kind.OBJECT));
    if (value == null) {
      return Map.of();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    if (!(object(value) instanceof Map<?, ?> map)) {
      problem(name, "must be an object");
      return texts;
    }
    map.forEach(
        (key, text) -> {
          if (text instanceof String each) {
            texts.put(String.valueOf(key), each);
          } else {
            problem(name + "." + key, "must be a text");
          }
        });
    return texts;
  }

  private static @Nullable Object object(Object value) {
    return value instanceof String text ? DefinitionJson.map(text).orElse(null) : value;
  }

  /** What is wrong so far; {@link #finish} adds what nobody asked for. */
  void problem(String name, String reason) {
    problems.add(new Problem(prefix + name, reason));
  }

  /**
   * To be called when everything was read.
   *
   * @throws InvalidDefinitionException if anything was wrong
   */
  void finish() throws InvalidDefinitionException {
    values.keySet().stream()
        .filter(name -> !asked.containsKey(name))
        .sorted()
        .forEach(
            name ->
                problem(name, "is not known here; known are " + String.join(", ", asked.keySet())));
    if (!problems.isEmpty()) {
      throw new InvalidDefinitionException(problems);
    }
  }

  /** The parameters that were asked for until now, in that order. */
  List<Parameter> asked() {
    return List.copyOf(asked.values());
  }

  /** What is asked for twice is what it was the first time, and required if it ever was. */
  private @Nullable Object ask(Parameter parameter) {
    asked.merge(
        parameter.name(),
        parameter,
        (first, again) -> again.required() && !first.required() ? again : first);
    return values.get(parameter.name());
  }

  private static List<String> constants(Class<? extends Enum<?>> type) {
    return Arrays.stream(type.getEnumConstants()).map(ParameterReader::constant).toList();
  }

  private static String constant(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
