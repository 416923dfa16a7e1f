package io.millrace.filter.feel;

import io.millrace.filter.feel.closure.Conjuncts;
import io.millrace.filter.predicate.Condition;
import io.millrace.filter.predicate.Demand;
import io.millrace.filter.predicate.OneOf;
import io.millrace.filter.predicate.Path;
import io.millrace.filter.predicate.Range;
import io.millrace.filter.predicate.StartsWith;
import io.millrace.filter.predicate.Within;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.kie.dmn.feel.lang.ast.BaseNode;
import org.kie.dmn.feel.lang.ast.BetweenNode;
import org.kie.dmn.feel.lang.ast.BooleanNode;
import org.kie.dmn.feel.lang.ast.FunctionInvocationNode;
import org.kie.dmn.feel.lang.ast.InNode;
import org.kie.dmn.feel.lang.ast.InfixOpNode;
import org.kie.dmn.feel.lang.ast.InfixOperator;
import org.kie.dmn.feel.lang.ast.ListNode;
import org.kie.dmn.feel.lang.ast.NameRefNode;
import org.kie.dmn.feel.lang.ast.NumberNode;
import org.kie.dmn.feel.lang.ast.QualifiedNameNode;
import org.kie.dmn.feel.lang.ast.RangeNode;
import org.kie.dmn.feel.lang.ast.SignedUnaryNode;
import org.kie.dmn.feel.lang.ast.StringNode;
import org.kie.dmn.feel.lang.ast.UndefinedValueNode;

/**
 * Reads out of the engine's tree what an index can use: conjunctions and disjunctions of
 * comparisons of a path with literals. Whatever it does not know makes the demand inexact, never
 * wrong.
 */
final class PredicateReader {

  private PredicateReader() {}

  static Demand read(@Nullable BaseNode node) {
    if (node instanceof InfixOpNode infix) {
      return switch (infix.getOperator()) {
        case AND -> read(infix.getLeft()).and(read(infix.getRight()));
        case OR -> read(infix.getLeft()).or(read(infix.getRight()));
        default -> demand(comparison(infix));
      };
    }
    if (node instanceof InNode in) {
      return in(in);
    }
    if (node instanceof BetweenNode between) {
      return demand(between(between));
    }
    return node instanceof FunctionInvocationNode call ? demand(startsWith(call)) : Demand.UNKNOWN;
  }

  /** The conjuncts of which {@link #read} does not say all; null if these are all, or none. */
  static @Nullable BaseNode rest(BaseNode tree) {
    List<BaseNode> conjuncts = Conjuncts.of(tree);
    List<Demand> demands = conjuncts.stream().map(PredicateReader::read).toList();
    if (!Demand.keepsAll(demands) || demands.stream().noneMatch(Demand::exact)) {
      return null;
    }
    return IntStream.range(0, conjuncts.size())
        .filter(i -> !demands.get(i).exact())
        .mapToObj(conjuncts::get)
        .reduce(PredicateReader::both)
        .orElse(null);
  }

  private static BaseNode both(BaseNode left, BaseNode right) {
    String text = "(" + left.getText() + ") and (" + right.getText() + ")";
    return new InfixOpNode(InfixOperator.AND, left, right, text);
  }

  private static Demand demand(@Nullable Condition condition) {
    return condition == null ? Demand.UNKNOWN : Demand.of(condition);
  }

  private static @Nullable Condition comparison(InfixOpNode infix) {
    Path path = path(infix.getLeft());
    if (path != null) {
      return comparison(path, infix.getOperator(), scalar(infix.getRight()));
    }
    Path right = path(infix.getRight());
    return right == null
        ? null
        : comparison(right, turned(infix.getOperator()), scalar(infix.getLeft()));
  }

  private static @Nullable Condition comparison(
      Path path, InfixOperator operator, @Nullable Object literal) {
    if (literal != null && operator == InfixOperator.EQ) {
      return OneOf.of(path, List.of(literal));
    }
    if (!(literal instanceof BigDecimal bound)) {
      return null;
    }
    return switch (operator) {
      case GT -> new Within(path, Range.above(bound, false));
      case GTE -> new Within(path, Range.above(bound, true));
      case LT -> new Within(path, Range.below(bound, false));
      case LTE -> new Within(path, Range.below(bound, true));
      default -> null;
    };
  }

  private static InfixOperator turned(InfixOperator operator) {
    return switch (operator) {
      case GT -> InfixOperator.LT;
      case GTE -> InfixOperator.LTE;
      case LT -> InfixOperator.GT;
      case LTE -> InfixOperator.GTE;
      default -> operator;
    };
  }

  private static Demand in(InNode in) {
    Path path = path(in.getValue());
    BaseNode wanted = in.getExprs();
    if (path == null || wanted == null) {
      return Demand.UNKNOWN;
    }
    List<Object> literals = new ArrayList<>();
    Demand ranges = null;
    for (BaseNode element :
        wanted instanceof ListNode list ? list.getElements() : List.of(wanted)) {
      Object literal = scalar(element);
      Range range = element instanceof RangeNode node ? range(node) : null;
      if (literal != null) {
        literals.add(literal);
      } else if (range != null) {
        Demand next = Demand.of(new Within(path, range));
        ranges = ranges == null ? next : ranges.or(next);
      } else {
        return Demand.UNKNOWN;
      }
    }
    if (literals.isEmpty()) {
      return ranges == null ? Demand.UNKNOWN : ranges;
    }
    Demand equal = Demand.of(OneOf.of(path, literals));
    return ranges == null ? equal : ranges.or(equal);
  }

  private static @Nullable Condition between(BetweenNode between) {
    Path path = path(between.getValue());
    return path != null
            && scalar(between.getStart()) instanceof BigDecimal start
            && scalar(between.getEnd()) instanceof BigDecimal end
        ? new Within(path, new Range(start, true, end, true, true))
        : null;
  }

  private static @Nullable Range range(RangeNode node) {
    BigDecimal lower = scalar(node.getStart()) instanceof BigDecimal number ? number : null;
    BigDecimal upper = scalar(node.getEnd()) instanceof BigDecimal number ? number : null;
    boolean known =
        (lower != null || node.getStart() instanceof UndefinedValueNode)
            && (upper != null || node.getEnd() instanceof UndefinedValueNode)
            && (lower != null || upper != null);
    boolean lowerIncluded = node.getLowerBound() == RangeNode.IntervalBoundary.CLOSED;
    boolean upperIncluded = node.getUpperBound() == RangeNode.IntervalBoundary.CLOSED;
    return known ? new Range(lower, lowerIncluded, upper, upperIncluded, false) : null;
  }

  private static @Nullable Condition startsWith(FunctionInvocationNode call) {
    List<BaseNode> parameters = call.getParams().getElements();
    if (!call.getName().getText().equals("starts with") || parameters.size() != 2) {
      return null;
    }
    Path path = path(parameters.get(0));
    return path != null && parameters.get(1) instanceof StringNode prefix
        ? new StartsWith(path, prefix.getValue())
        : null;
  }

  private static @Nullable Object scalar(@Nullable BaseNode node) {
    if (node instanceof StringNode string) {
      return string.getValue();
    }
    if (node instanceof NumberNode number) {
      return number.getValue();
    }
    if (node instanceof BooleanNode truth) {
      return truth.getValue();
    }
    if (node instanceof SignedUnaryNode signed
        && signed.getExpression() instanceof NumberNode number
        && number.getValue() != null) {
      return signed.getSign() == SignedUnaryNode.Sign.NEGATIVE
          ? number.getValue().negate()
          : number.getValue();
    }
    return null;
  }

  private static @Nullable Path path(@Nullable BaseNode node) {
    List<String> names = new ArrayList<>();
    if (node instanceof NameRefNode name) {
      names.add(name.getText());
    } else if (node instanceof QualifiedNameNode qualified) {
      qualified.getParts().forEach(part -> names.add(part.getText()));
    }
    boolean plain = !names.isEmpty() && names.stream().allMatch(PredicateReader::isPlain);
    return plain && Path.isReadable(names) ? Path.of(names) : null;
  }

  // Names of several words are the engine's business: it takes any space between them for one.
  private static boolean isPlain(String name) {
    return name.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '_');
  }
}
