package io.millrace.benchmarks.feel;

import io.millrace.filter.event.EventView;
import io.millrace.filter.event.UnreadableDataException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kie.dmn.api.core.DMNVersion;
import org.kie.dmn.feel.lang.FEELDialect;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.impl.EvaluationContextImpl;
import org.kie.dmn.feel.lang.impl.FEELEventListenersManager;
import org.kie.dmn.feel.lang.types.DefaultBuiltinFEELTypeRegistry;
import org.kie.dmn.feel.parser.feel11.ASTBuilderVisitor;
import org.kie.dmn.feel.parser.feel11.FEELParser;

/** The engine's interpreter, its variables put into place beforehand: its best case. */
final class BareEngine {

  private final BaseNode tree;
  private final EvaluationContextImpl context;

  BareEngine(String text, EventView event) throws UnreadableDataException {
    var types = DefaultBuiltinFEELTypeRegistry.INSTANCE;
    var silent = new FEELEventListenersManager();
    var parser = FEELParser.parse(silent, text, Map.of(), Map.of(), List.of(), List.of(), types);
    tree = new ASTBuilderVisitor(Map.of(), types).visit(parser.compilation_unit());
    context =
        new EvaluationContextImpl(
            BareEngine.class.getClassLoader(),
            new FEELEventListenersManager(),
            FEELDialect.FEEL,
            DMNVersion.getLatest());
    Map<String, Object> variables = new HashMap<>();
    variables.put("event", event.attributes());
    if (event.data() instanceof Map<?, ?> fields) {
      fields.forEach((name, value) -> variables.put(String.valueOf(name), value));
    }
    context.setValues(variables);
  }

  boolean matches() {
    return Boolean.TRUE.equals(tree.evaluate(context));
  }
}
