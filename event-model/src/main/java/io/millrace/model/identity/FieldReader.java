package io.millrace.model.identity;

import io.millrace.model.emitter.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** Reads single fields; a problem names the field and what it must be, never what it is. */
final class FieldReader {

  private final Map<String, String> values;
  private final Set<String> asked = new LinkedHashSet<>();
  private final List<Problem> problems = new ArrayList<>();

  FieldReader(Map<String, String> values) {
    this.values = values;
  }

  boolean has(String name) {
    asked.add(name);
    return values.get(name) != null;
  }

  /** Absent where it is missing or wrong, which is then a problem. */
  @Nullable String text(String name, TextRule rule) {
    asked.add(name);
    String text = values.get(name);
    if (text == null) {
      problem(name, "is required");
      return null;
    }
    if (!rule.allows(text)) {
      problem(name, "must be " + rule.requirement());
      return null;
    }
    return text;
  }

  @Nullable Password secret(String name, TextRule rule) {
    String text = text(name, rule);
    return text == null ? null : new Password(text);
  }

  <E extends Enum<E>> E choice(String name, Class<E> type, E fallback) {
    if (!has(name)) {
      return fallback;
    }
    String text = values.get(name);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(text)) {
        return constant;
      }
    }
    problem(
        name,
        "must be one of "
            + Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ")));
    return fallback;
  }

  /** All whose names begin so, by the rest of their names. */
  Map<String, Password> secrets(String prefix, Predicate<String> allowed, String rule) {
    Map<String, Password> found = new TreeMap<>();
    for (Map.Entry<String, String> field : values.entrySet()) {
      if (field.getKey().startsWith(prefix)) {
        asked.add(field.getKey());
        String name = field.getKey().substring(prefix.length());
        if (!allowed.test(name)) {
          problem(field.getKey(), rule);
        }
        found.put(name, new Password(field.getValue()));
      }
    }
    return found;
  }

  void refuseTheRest() {
    values.keySet().stream()
        .filter(name -> !asked.contains(name))
        .sorted()
        .forEach(name -> problem(name, "is not known here; known are " + String.join(", ", asked)));
  }

  void problem(String name, String reason) {
    problems.add(new Problem(name, reason));
  }

  List<Problem> problems() {
    return problems;
  }
}
