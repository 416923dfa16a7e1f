package io.millrace.filter.feel.closure;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.ast.BaseNode;

/** A tree of the engine's parser, compiled to closures. Immutable, and safe for several threads. */
public final class Program {

  private final Closure root;
  private final int slots;

  private Program(Closure root, int slots) {
    this.root = root;
    this.slots = slots;
  }

  /**
   * Compiles a tree. Calls must be of known functions with arguments that these can take.
   *
   * @throws RefusedPieceException if it holds what a filter may not have
   */
  public static Program compile(BaseNode tree) throws RefusedPieceException {
    var slots = new Scope.Slots();
    Closure root = new Pieces().compile(tree, Scope.root(slots));
    return new Program(root, slots.count());
  }

  /**
   * The expression's value.
   *
   * @param nanos a clock like {@link System#nanoTime()}
   * @throws OverBudgetException if it costs more than the {@link Budget}
   * @throws RuntimeException if FEEL has no value for it, such as a condition that is no boolean
   */
  public @Nullable Object run(Variables variables, LongSupplier nanos) {
    return root.evaluate(new Evaluation(variables, slots, nanos));
  }
}
