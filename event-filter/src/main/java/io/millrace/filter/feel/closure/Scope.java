package io.millrace.filter.feel.closure;

import org.jspecify.annotations.Nullable;

/**
 * The names that hold at one place of an expression, the innermost first. Names are as the engine
 * normalizes them. Used while compiling only.
 */
final class Scope {

  /** Gives each name of an expression its own place among the locals. */
  static final class Slots {
    private int count;

    int count() {
      return count;
    }
  }

  private final Slots slots;
  private final @Nullable Scope outer;
  private final @Nullable String name;
  private final int slot;

  private Scope(Slots slots, @Nullable Scope outer, @Nullable String name, int slot) {
    this.slots = slots;
    this.outer = outer;
    this.name = name;
    this.slot = slot;
  }

  static Scope root(Slots slots) {
    return new Scope(slots, null, null, -1);
  }

  /** With one more name, which hides an outer one. */
  Scope with(String name) {
    return new Scope(slots, this, name, slots.count++);
  }

  /** Inside of a list's filter: the fields of each item are names, and so is {@code item}. */
  Scope withItem() {
    return new Scope(slots, this, null, slots.count++);
  }

  /** Where the name that was added last has its value. */
  int slot() {
    return slot;
  }

  /** What reads that name here. */
  Closure resolve(String wanted) {
    if (outer == null) {
      return Names.variable(wanted);
    }
    if (name == null) {
      return new Names.OfItem(slot, wanted, outer.resolve(wanted));
    }
    return name.equals(wanted) ? new Names.Local(slot) : outer.resolve(wanted);
  }
}
