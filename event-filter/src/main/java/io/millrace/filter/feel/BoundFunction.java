package io.millrace.filter.feel;

import org.kie.dmn.feel.lang.EvaluationContext;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.runtime.FEELFunction;

/** The name of a called function, already looked up. */
final class BoundFunction extends BaseNode {

  private final FEELFunction function;

  BoundFunction(BaseNode name, FEELFunction function) {
    copyLocationAttributesFrom(name);
    setText(name.getText());
    this.function = function;
  }

  @Override
  public Object evaluate(EvaluationContext context) {
    return function;
  }
}
