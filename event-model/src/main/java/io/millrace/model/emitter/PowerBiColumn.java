package io.millrace.model.emitter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One column of a Power BI table.
 *
 * @param name as the table has it
 * @param lookup FEEL whose value for an event goes into the column
 */
public record PowerBiColumn(String name, Type type, String lookup) {

  /** Most columns that a table of a push dataset has. Source: Power BI push dataset limits. */
  public static final int MOST = 75;

  private static final String COLUMNS = "columns";
  private static final List<String> ATTRIBUTES = List.of("name", "type", "lookup");

  /** Types of columns by their names in Power BI. */
  public enum Type {
    INT64("Int64"),
    DOUBLE("Double"),
    BOOLEAN("Boolean"),
    DATE_TIME("DateTime"),
    STRING("String");

    private final String wireName;

    Type(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }

    private static Optional<Type> of(String name) {
      return Arrays.stream(values()).filter(type -> type.wireName.equals(name)).findFirst();
    }

    private static String wireNames() {
      return Arrays.stream(values()).map(Type::wireName).collect(Collectors.joining(", "));
    }
  }

  /** What is wrong is told to the reader; then fewer columns come back. */
  static List<PowerBiColumn> read(ParameterReader reader) {
    List<PowerBiColumn> columns = new ArrayList<>();
    List<?> items = reader.list(COLUMNS);
    if (items == null) {
      return columns;
    }
    if (items.isEmpty() || items.size() > MOST) {
      reader.problem(COLUMNS, "must be 1 to " + MOST + " columns");
    }
    Set<String> names = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      String field = COLUMNS + "[" + i + "]";
      PowerBiColumn column = read(field, items.get(i), reader);
      if (column != null && !names.add(column.name.toLowerCase(Locale.ROOT))) {
        reader.problem(field + ".name", "must not be that of another column");
      } else if (column != null) {
        columns.add(column);
      }
    }
    return columns;
  }

  private static @Nullable PowerBiColumn read(String field, Object item, ParameterReader reader) {
    if (!(item instanceof Map<?, ?> attributes)) {
      reader.problem(field, "must be an object of name, type and lookup");
      return null;
    }
    for (Object known : attributes.keySet()) {
      if (!ATTRIBUTES.contains(known)) {
        reader.problem(field + "." + known, "is not known here; known are name, type, lookup");
      }
    }
    String name = text(field, "name", attributes, reader);
    String type = text(field, "type", attributes, reader);
    String lookup = text(field, "lookup", attributes, reader);
    Optional<Type> known = Type.of(type);
    if (!type.isEmpty() && known.isEmpty()) {
      reader.problem(field + ".type", "must be one of " + Type.wireNames() + ", and is " + type);
    }
    return name.isEmpty() || lookup.isEmpty() || known.isEmpty()
        ? null
        : new PowerBiColumn(name, known.get(), lookup);
  }

  private static String text(
      String field, String name, Map<?, ?> attributes, ParameterReader reader) {
    Object value = attributes.get(name);
    if (value instanceof String text && !text.isBlank()) {
      return text;
    }
    reader.problem(
        field + "." + name, value == null ? "is required" : "must be a text that is not empty");
    return "";
  }

  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("name", name);
    map.put("type", type.wireName);
    map.put("lookup", lookup);
    return map;
  }
}
