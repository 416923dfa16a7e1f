package io.millrace.filter.feel.closure;

import org.jspecify.annotations.Nullable;

/** Pieces that read a name. */
final class Names {

  private static final String ITEM = "item";

  private Names() {}

  /** A name that the expression does not define: a variable, else a built-in function. */
  static Closure variable(String name) {
    BuiltIn function = BuiltIn.named(name);
    if (function == null) {
      return new Variable(name);
    }
    return evaluation ->
        evaluation.variables.has(name) ? evaluation.variables.get(name) : function.engineFunction();
  }

  /** Whether it reads the variable of that name, and not what the expression itself calls so. */
  static boolean isEvent(Closure closure) {
    return closure instanceof Variable variable && variable.name.equals("event");
  }

  private record Variable(String name) implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      return evaluation.variables.get(name);
    }
  }

  /** A name that the expression defines. */
  record Local(int slot) implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      return evaluation.locals[slot];
    }
  }

  /** A name in a list's filter: a field of the item, else the item itself, else an outer name. */
  record OfItem(int slot, String name, Closure outer) implements Closure {
    @Override
    public @Nullable Object evaluate(Evaluation evaluation) {
      Object item = evaluation.locals[slot];
      if (item == Properties.ABSENT) {
        return outer.evaluate(evaluation);
      }
      Object field = Properties.of(item, name);
      if (field != Properties.ABSENT) {
        return field;
      }
      return name.equals(ITEM) ? item : outer.evaluate(evaluation);
    }
  }
}
