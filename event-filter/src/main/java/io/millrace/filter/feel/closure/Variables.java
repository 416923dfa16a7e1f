package io.millrace.filter.feel.closure;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an expression can name: plain values only, which the expression does not change. */
public interface Variables {

  /** Whether there is a variable of that name, be its value null. */
  boolean has(String name);

  /** The variable's value; null too if there is none of that name. */
  @Nullable Object get(String name);

  /**
   * The event's attributes, where the name {@code event} stands for them: a short way to what most
   * filters ask for. Null where it may stand for anything else.
   */
  default @Nullable Map<String, Object> attributes() {
    return null;
  }

  /** Variables from a map. */
  static Variables of(Map<String, ? extends @Nullable Object> values) {
    return new Variables() {
      @Override
      public boolean has(String name) {
        return values.containsKey(name);
      }

      @Override
      public @Nullable Object get(String name) {
        return values.get(name);
      }
    };
  }
}
