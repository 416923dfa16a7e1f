package io.millrace.gateway.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One object of a catalogue, whose fields are read one by one; collects what is wrong. */
final class Section {

  private final Located.Fields fields;
  private final String at;
  private final Problems problems;

  private Section(Located.Fields fields, String at, Set<String> known, Problems problems) {
    this.fields = fields;
    this.at = at;
    this.problems = problems;
    fields
        .fields()
        .forEach(
            (name, value) -> {
              if (!known.contains(name)) {
                String all = String.join(", ", new TreeSet<>(known));
                problem(value.line(), name, "is not known; known are " + all);
              }
            });
  }

  static Section root(Located root, Set<String> known, Problems problems) {
    if (root instanceof Located.Fields fields) {
      return new Section(fields, "", known, problems);
    }
    problems.add(root.line(), "content", "must be an object");
    return new Section(new Located.Fields(root.line(), Map.of()), "", known, problems);
  }

  int line() {
    return fields.line();
  }

  /** Each object of a list; none where there is no list. */
  void each(String name, Set<String> known, Consumer<Section> consumer) {
    List<Located> items = items(name);
    for (int i = 0; i < items.size(); i++) {
      String path = at + name + "[" + i + "]";
      if (items.get(i) instanceof Located.Fields item) {
        consumer.accept(new Section(item, path + ".", known, problems));
      } else {
        problems.add(items.get(i).line(), path, "must be an object");
      }
    }
  }

  /** An object; absent if there is none, or it is something else. */
  @Nullable Section object(String name, Set<String> known) {
    Located value = fields.fields().get(name);
    if (value instanceof Located.Fields object) {
      return new Section(object, at + name + ".", known, problems);
    }
    if (value != null) {
      problem(value.line(), name, "must be an object, or be left out");
    }
    return null;
  }

  /** Whether there is such a field, be it null. */
  boolean has(String name) {
    return fields.fields().containsKey(name);
  }

  /** A text that is not empty; absent if there is none, or it is wrong. */
  @Nullable String text(String name) {
    Located value = value(name);
    if (value == null) {
      return null;
    }
    String text = text(value);
    if (text == null) {
      problem(value.line(), name, "must be a text that is not empty");
    }
    return text;
  }

  /** The same; missing is wrong. */
  @Nullable String required(String name) {
    if (value(name) == null) {
      problem(line(), name, "is missing");
      return null;
    }
    return text(name);
  }

  /** What a text means; absent if there is none, or it means nothing. */
  <T> @Nullable T parsed(String name, @Nullable String text, Function<String, T> parser) {
    if (text == null) {
      return null;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      problem(lineOf(name), name, "is wrong: " + e.getMessage());
      return null;
    }
  }

  /** One of an enum's constants, in capitals or without; told as their {@code toString} has it. */
  <E extends Enum<E>> E choice(String name, Class<E> type, E fallback) {
    String text = text(name);
    for (E one : type.getEnumConstants()) {
      if (one.name().equals(text) || one.name().toLowerCase(Locale.ROOT).equals(text)) {
        return one;
      }
    }
    if (text != null) {
      String all =
          Arrays.stream(type.getEnumConstants())
              .map(Object::toString)
              .collect(Collectors.joining(", "));
      problem(lineOf(name), name, "must be one of " + all);
    }
    return fallback;
  }

  boolean flag(String name, boolean fallback) {
    Located value = value(name);
    if (value != null && !value.json().isBoolean()) {
      problem(value.line(), name, "must be true or false");
    }
    return value == null ? fallback : value.json().asBoolean(fallback);
  }

  /** A list of texts; empty where there is none. */
  List<String> texts(String name) {
    List<String> texts = new ArrayList<>();
    for (Located item : items(name)) {
      String text = text(item);
      if (text == null) {
        problem(item.line(), name, "must be a list of texts that are not empty");
      } else {
        texts.add(text);
      }
    }
    return texts;
  }

  @Nullable JsonNode json(String name) {
    Located value = value(name);
    return value == null ? null : value.json();
  }

  void problem(int line, String name, String reason) {
    problems.add(line, at + name, reason);
  }

  void problem(String name, String reason) {
    problem(lineOf(name), name, reason);
  }

  /** Where a field is, in words. */
  String place(String name) {
    return CatalogueProblem.place(problems.file(), lineOf(name));
  }

  private int lineOf(String name) {
    Located value = value(name);
    return value == null ? line() : value.line();
  }

  private List<Located> items(String name) {
    Located value = value(name);
    if (value instanceof Located.Items list) {
      return list.items();
    }
    if (value != null) {
      problem(value.line(), name, "must be a list");
    }
    return List.of();
  }

  private @Nullable Located value(String name) {
    Located value = fields.fields().get(name);
    return value == null || value.json().isNull() ? null : value;
  }

  private static @Nullable String text(Located value) {
    // A number, such as a version, is a text to whoever writes YAML.
    return value instanceof Located.Scalar scalar
            && !scalar.json().isNull()
            && !scalar.json().asText().isBlank()
        ? scalar.json().asText()
        : null;
  }
}
