package io.millrace.filter.feel;

import java.util.Map;
import org.kie.dmn.api.core.DMNVersion;
import org.kie.dmn.feel.lang.FEELDialect;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.impl.EvaluationContextImpl;
import org.kie.dmn.feel.lang.impl.FEELEventListenersManager;

/** The engine's interpreter as it is, without any guard: what closures must agree with. */
final class BareEngine {

  private BareEngine() {}

  static Object evaluate(BaseNode tree, Map<String, Object> variables) {
    var context =
        new EvaluationContextImpl(
            BareEngine.class.getClassLoader(),
            new FEELEventListenersManager(),
            FEELDialect.FEEL,
            DMNVersion.getLatest());
    context.setValues(variables);
    return tree.evaluate(context);
  }
}
