package io.millrace.filter.feel.closure;

import static org.kie.dmn.feel.util.StringEvalHelper.normalizeVariableName;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.Type;
import org.kie.dmn.feel.lang.ast.AtLiteralNode;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.ast.BetweenNode;
import org.kie.dmn.feel.lang.ast.BooleanNode;
import org.kie.dmn.feel.lang.ast.ContextEntryNode;
import org.kie.dmn.feel.lang.ast.ContextNode;
import org.kie.dmn.feel.lang.ast.DashNode;
import org.kie.dmn.feel.lang.ast.FilterExpressionNode;
import org.kie.dmn.feel.lang.ast.FunctionInvocationNode;
import org.kie.dmn.feel.lang.ast.IfExpressionNode;
import org.kie.dmn.feel.lang.ast.InNode;
import org.kie.dmn.feel.lang.ast.InfixOpNode;
import org.kie.dmn.feel.lang.ast.InfixOperator;
import org.kie.dmn.feel.lang.ast.InstanceOfNode;
import org.kie.dmn.feel.lang.ast.ListNode;
import org.kie.dmn.feel.lang.ast.NameRefNode;
import org.kie.dmn.feel.lang.ast.NullNode;
import org.kie.dmn.feel.lang.ast.NumberNode;
import org.kie.dmn.feel.lang.ast.PathExpressionNode;
import org.kie.dmn.feel.lang.ast.QualifiedNameNode;
import org.kie.dmn.feel.lang.ast.RangeNode;
import org.kie.dmn.feel.lang.ast.SignedUnaryNode;
import org.kie.dmn.feel.lang.ast.StringNode;
import org.kie.dmn.feel.lang.ast.UnaryTestNode;
import org.kie.dmn.feel.lang.ast.UndefinedValueNode;
import org.kie.dmn.feel.lang.types.BuiltInType;
import org.kie.dmn.feel.runtime.impl.UndefinedValueComparable;

/** Makes a closure of each node of the tree. */
final class Pieces {

  private final Loops loops = new Loops(this);
  private final Invocations invocations = new Invocations(this);

  Closure compile(@Nullable BaseNode node, Scope scope) throws RefusedPieceException {
    if (node == null) {
      return Constant.NULL;
    }
    if (node instanceof InfixOpNode infix) {
      return infix(infix, scope);
    }
    if (node instanceof NameRefNode name) {
      return scope.resolve(interned(name));
    }
    if (node instanceof QualifiedNameNode || node instanceof PathExpressionNode) {
      return path(node, scope);
    }
    if (node instanceof FunctionInvocationNode call) {
      return invocations.compile(call, scope);
    }
    if (node instanceof FilterExpressionNode filter) {
      return filter(filter, scope);
    }
    if (node instanceof ContextNode context) {
      return context(context, scope);
    }
    if (node instanceof ListNode list) {
      return list(list, scope);
    }
    Closure loop = loops.compile(node, scope);
    return loop != null ? loop : other(node, scope);
  }

  private Closure other(BaseNode node, Scope scope) throws RefusedPieceException {
    if (node instanceof InNode in) {
      return in(in, scope);
    }
    if (node instanceof BetweenNode between) {
      return new Compared.Between(
          compile(between.getValue(), scope),
          compile(between.getStart(), scope),
          compile(between.getEnd(), scope));
    }
    if (node instanceof IfExpressionNode choice) {
      return new Values.If(
          compile(choice.getCondition(), scope),
          compile(choice.getThenExpression(), scope),
          compile(choice.getElseExpression(), scope));
    }
    if (node instanceof RangeNode range) {
      return Folding.fold(
          new Ranges.Literal(
              range.getLowerBound(),
              compile(range.getStart(), scope),
              compile(range.getEnd(), scope),
              range.getUpperBound()));
    }
    if (node instanceof SignedUnaryNode signed) {
      boolean negative = signed.getSign() == SignedUnaryNode.Sign.NEGATIVE;
      return Folding.fold(new Values.Signed(negative, compile(signed.getExpression(), scope)));
    }
    if (node instanceof InstanceOfNode instance) {
      return instanceOf(instance, scope);
    }
    if (node instanceof UnaryTestNode test) {
      Scope inner = scope.with("?");
      return new UnaryTest(test.getOperator(), compile(test.getValue(), inner), inner.slot());
    }
    return literal(node);
  }

  private static Closure literal(BaseNode node) throws RefusedPieceException {
    if (node instanceof NumberNode number) {
      return number(number);
    }
    if (node instanceof StringNode string) {
      return new Constant(string.getValue());
    }
    if (node instanceof BooleanNode || node instanceof NullNode) {
      return new Constant(node.evaluate(Nothing.NOTHING));
    }
    if (node instanceof AtLiteralNode at) {
      return at(at);
    }
    if (node instanceof DashNode) {
      return UnaryTest.DASH;
    }
    if (node instanceof UndefinedValueNode) {
      return new Constant(new UndefinedValueComparable());
    }
    throw new RefusedPieceException(node, "this form of expression is not taken in a filter");
  }

  private static Closure number(NumberNode number) throws RefusedPieceException {
    if (number.getValue() == null || !Numbers.isBounded(number.getValue())) {
      throw new RefusedPieceException(number, "the number is out of range");
    }
    return new Constant(number.getValue());
  }

  private static Closure at(AtLiteralNode at) throws RefusedPieceException {
    String text = at.getStringLiteral().getValue();
    String function = AtLiteralNode.fromAtValue(text).fnName;
    BuiltIn conversion = function == null ? null : BuiltIn.named(function);
    Object value =
        conversion == null ? null : conversion.call(new Object[] {text}, Evaluation.ofConstants());
    if (value == null) {
      // Null for the engine, and surely not what was meant.
      throw new RefusedPieceException(
          at, "'" + at.getText() + "' is no date, time, date and time or duration");
    }
    return new Constant(value);
  }

  private Closure infix(InfixOpNode infix, Scope scope) throws RefusedPieceException {
    return switch (infix.getOperator()) {
      case AND, OR -> logic(infix, scope);
      case EQ -> Compared.equal(left(infix, scope), right(infix, scope));
      case NE -> new Compared.Unequal(left(infix, scope), right(infix, scope));
      case LT -> Compared.ordered(Comparison.LT, left(infix, scope), right(infix, scope));
      case LTE -> Compared.ordered(Comparison.LE, left(infix, scope), right(infix, scope));
      case GT -> Compared.ordered(Comparison.GT, left(infix, scope), right(infix, scope));
      case GTE -> Compared.ordered(Comparison.GE, left(infix, scope), right(infix, scope));
      default -> new Arithmetic(infix.getOperator(), left(infix, scope), right(infix, scope));
    };
  }

  private Closure left(InfixOpNode infix, Scope scope) throws RefusedPieceException {
    return compile(infix.getLeft(), scope);
  }

  private Closure right(InfixOpNode infix, Scope scope) throws RefusedPieceException {
    return compile(infix.getRight(), scope);
  }

  private Closure logic(InfixOpNode infix, Scope scope) throws RefusedPieceException {
    List<Closure> pieces = new ArrayList<>();
    for (BaseNode operand : Conjuncts.of(infix, infix.getOperator())) {
      pieces.add(compile(operand, scope));
    }
    boolean or = infix.getOperator() == InfixOperator.OR;
    return Logic.of(or, pieces.toArray(Closure[]::new));
  }

  private Closure path(BaseNode node, Scope scope) throws RefusedPieceException {
    List<String> steps = new ArrayList<>();
    if (node instanceof QualifiedNameNode qualified) {
      for (NameRefNode part : qualified.getParts()) {
        steps.add(interned(part));
      }
      return qualified(scope.resolve(steps.get(0)), steps.subList(1, steps.size()));
    }
    PathExpressionNode path = (PathExpressionNode) node;
    if (path.getName() instanceof QualifiedNameNode qualified) {
      qualified.getParts().forEach(part -> steps.add(part.getText().intern()));
    } else {
      steps.add(path.getName().getText().intern());
    }
    return new Path(compile(path.getExpression(), scope), List.copyOf(steps), false);
  }

  // Names of JSON fields and of attributes are interned too: so a look-up need not compare letters.
  private static String interned(BaseNode name) {
    return normalizeVariableName(name.getText()).intern();
  }

  private static Closure qualified(Closure start, List<String> steps) {
    Path path = new Path(start, List.copyOf(steps), true);
    if (steps.size() != 1) {
      return path;
    }
    var step = new Path.Step(start, steps.get(0), path);
    return Names.isEvent(start) ? new Path.Attribute(steps.get(0), step) : step;
  }

  private Closure filter(FilterExpressionNode filter, Scope scope) throws RefusedPieceException {
    Scope inner = scope.withItem();
    return new ListFilter(
        compile(filter.getExpression(), scope),
        compile(filter.getFilter(), inner),
        filter.getFilter().getResultType() == BuiltInType.BOOLEAN,
        inner.slot(),
        Loops.cost(filter.getFilter()));
  }

  private Closure context(ContextNode context, Scope scope) throws RefusedPieceException {
    List<Values.Entry> entries = new ArrayList<>();
    Scope inner = scope;
    for (ContextEntryNode entry : context.getEntries()) {
      BaseNode key = entry.getName();
      String name =
          normalizeVariableName(key instanceof StringNode text ? text.getValue() : key.getText());
      Closure value = compile(entry.getValue(), inner);
      inner = inner.with(name);
      entries.add(new Values.Entry(name, inner.slot(), value));
    }
    return new Values.ContextOf(List.copyOf(entries));
  }

  private Closure list(ListNode list, Scope scope) throws RefusedPieceException {
    return Folding.fold(new Values.ListOf(all(list.getElements(), scope)));
  }

  Closure[] all(List<BaseNode> nodes, Scope scope) throws RefusedPieceException {
    Closure[] pieces = new Closure[nodes.size()];
    for (int i = 0; i < pieces.length; i++) {
      pieces[i] = compile(nodes.get(i), scope);
    }
    return pieces;
  }

  private Closure in(InNode in, Scope scope) throws RefusedPieceException {
    Closure value = compile(in.getValue(), scope);
    Closure tests = compile(in.getExprs(), scope);
    Set<String> texts = Folding.texts(tests);
    return texts == null ? new In(value, tests) : new In.Texts(value, texts);
  }

  private Closure instanceOf(InstanceOfNode instance, Scope scope) throws RefusedPieceException {
    Type type = instance.getType().evaluate(Nothing.NOTHING);
    return new Values.InstanceOf(
        compile(instance.getExpression(), scope),
        type,
        Values.InstanceOf.kind(type, instance.getType().getText()));
  }
}
