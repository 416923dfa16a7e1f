package io.millrace.filter.feel;

import static org.kie.dmn.feel.util.StringEvalHelper.normalizeVariableName;

import io.millrace.filter.feel.closure.BuiltIn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.ast.ASTNode;
import org.kie.dmn.feel.lang.ast.ContextEntryNode;
import org.kie.dmn.feel.lang.ast.ContextNode;
import org.kie.dmn.feel.lang.ast.FilterExpressionNode;
import org.kie.dmn.feel.lang.ast.ForExpressionNode;
import org.kie.dmn.feel.lang.ast.FunctionInvocationNode;
import org.kie.dmn.feel.lang.ast.IterationContextNode;
import org.kie.dmn.feel.lang.ast.NameRefNode;
import org.kie.dmn.feel.lang.ast.NamedParameterNode;
import org.kie.dmn.feel.lang.ast.PathExpressionNode;
import org.kie.dmn.feel.lang.ast.QualifiedNameNode;
import org.kie.dmn.feel.lang.ast.QuantifiedExpressionNode;

/**
 * The paths that an expression reads of an event. Names within a list's filter are left out: they
 * may be fields of the items.
 */
final class Fields {

  private final Map<List<String>, ASTNode> paths = new LinkedHashMap<>();

  private Fields() {}

  static Fields of(ASTNode tree) {
    Fields fields = new Fields();
    fields.collect(tree, Set.of());
    return fields;
  }

  /** Each path once, in the order of the text. */
  Set<List<String>> paths() {
    return Collections.unmodifiableSet(paths.keySet());
  }

  Set<String> names() {
    Set<String> names = new TreeSet<>();
    paths.keySet().forEach(path -> Collections.addAll(names, fieldsOf(path)));
    return names;
  }

  List<Warning> unknown(Set<String> known) {
    List<Warning> warnings = new ArrayList<>();
    paths.forEach(
        (path, node) -> {
          for (String name : fieldsOf(path)) {
            if (!known.contains(name)) {
              String reason = "such events have no field '" + name + "' in their data";
              warnings.add(new Warning(node.getStartLine(), node.getStartColumn() + 1, reason));
            }
          }
        });
    return warnings;
  }

  // At most one: the path's first step, or its second behind 'data'.
  private static String[] fieldsOf(List<String> path) {
    String first = path.get(0);
    return switch (first) {
      case EventVariables.EVENT -> new String[0];
      case EventVariables.DATA -> path.subList(1, Math.min(2, path.size())).toArray(String[]::new);
      default -> BuiltIn.named(first) == null ? new String[] {first} : new String[0];
    };
  }

  private void collect(@Nullable ASTNode node, Set<String> own) {
    if (node == null) {
      return;
    }
    List<String> path = path(node);
    if (path != null) {
      if (!own.contains(path.get(0))) {
        paths.putIfAbsent(path, node);
      }
    } else if (node instanceof FunctionInvocationNode call) {
      collect(call.getParams(), own);
    } else if (node instanceof NamedParameterNode named) {
      collect(named.getExpression(), own);
    } else if (node instanceof FilterExpressionNode filter) {
      collect(filter.getExpression(), own);
    } else if (node instanceof PathExpressionNode start) {
      collect(start.getExpression(), own);
    } else if (node instanceof ContextNode context) {
      Set<String> inner = new HashSet<>(own);
      for (ContextEntryNode entry : context.getEntries()) {
        collect(entry.getValue(), inner);
        inner.add(normalizeVariableName(entry.getName().getText()));
      }
    } else {
      Set<String> inner = new HashSet<>(own);
      for (IterationContextNode iteration : iterations(node)) {
        collect(iteration.getExpression(), inner);
        collect(iteration.getRangeEndExpr(), inner);
        inner.add(normalizeVariableName(iteration.getName().getText()));
      }
      for (ASTNode child : node.getChildrenNode()) {
        if (!(child instanceof IterationContextNode)) {
          collect(child, inner);
        }
      }
    }
  }

  private static List<IterationContextNode> iterations(ASTNode node) {
    if (node instanceof ForExpressionNode loop) {
      return loop.getIterationContexts();
    }
    return node instanceof QuantifiedExpressionNode loop ? loop.getIterationContexts() : List.of();
  }

  /** Null if the node is no plain path. */
  private static @Nullable List<String> path(ASTNode node) {
    if (node instanceof NameRefNode name) {
      return List.of(normalizeVariableName(name.getText()));
    }
    return node instanceof QualifiedNameNode qualified
        ? qualified.getParts().stream().map(part -> normalizeVariableName(part.getText())).toList()
        : null;
  }
}
