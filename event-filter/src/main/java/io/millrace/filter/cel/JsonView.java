package io.millrace.filter.cel;

import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.util.AbstractList;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * JSON values as CEL's, made when they are looked at: so a large event costs what is read of it.
 */
final class JsonView {

  private JsonView() {}

  /** Whole numbers become {@code int}, all others {@code double}, as CEL has no decimals. */
  static Object of(@Nullable Object value, Budget budget) {
    budget.look();
    if (value == null) {
      return NullValue.NULL_VALUE;
    }
    if (value instanceof String text) {
      budget.read(text);
      return text;
    }
    if (value instanceof BigDecimal number) {
      return number(number);
    }
    if (value instanceof Map<?, ?> map) {
      return new Fields(map, budget);
    }
    return value instanceof List<?> list ? new Items(list, budget) : value;
  }

  private static Object number(BigDecimal number) {
    if (number.scale() <= 0 && number.precision() - number.scale() < 19) {
      return number.longValue();
    }
    return number.doubleValue();
  }

  private static final class Items extends AbstractList<Object> {

    private final List<?> list;
    private final Budget budget;

    Items(List<?> list, Budget budget) {
      this.list = list;
      this.budget = budget;
    }

    @Override
    public Object get(int index) {
      return of(list.get(index), budget);
    }

    @Override
    public int size() {
      return list.size();
    }
  }

  private static final class Fields extends AbstractMap<Object, Object> {

    private final Map<?, ?> map;
    private final Budget budget;

    Fields(Map<?, ?> map, Budget budget) {
      this.map = map;
      this.budget = budget;
    }

    @Override
    public @Nullable Object get(Object key) {
      return map.containsKey(key) ? of(map.get(key), budget) : null;
    }

    @Override
    public boolean containsKey(Object key) {
      return map.containsKey(key);
    }

    @Override
    public int size() {
      return map.size();
    }

    @Override
    public Set<Entry<Object, Object>> entrySet() {
      Map<Object, Object> all = new LinkedHashMap<>();
      map.forEach((key, value) -> all.put(key, of(value, budget)));
      return all.entrySet();
    }
  }
}
