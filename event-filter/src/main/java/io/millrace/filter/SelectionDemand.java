package io.millrace.filter;

import static java.util.function.Predicate.not;

import io.millrace.filter.predicate.Condition;
import io.millrace.filter.predicate.OneOf;
import io.millrace.filter.predicate.Path;
import io.millrace.filter.predicate.StartsWith;
import io.millrace.model.acronis.AcronisAttributes;
import io.millrace.model.emitter.Selector;
import io.millrace.model.emitter.TenantDepth;
import io.millrace.model.emitter.TenantScope;
import io.millrace.model.emitter.TextPattern;
import io.millrace.model.event.Extensions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What an index can look up of a selector: types, subject types and a tenant alone. Tenants below
 * others are not, for who they are changes.
 */
final class SelectionDemand {

  // Each alternative is an entry of its own in the index.
  private static final int MAX_ALTERNATIVES = 64;

  private static final Path SUBJECT_TYPE = Path.attribute(AcronisAttributes.SUBJECT_TYPE);
  private static final Path TENANT = Path.attribute(Extensions.TENANT_ID);

  private final Selector selector;
  private boolean exact = true;

  SelectionDemand(Selector selector) {
    this.selector = selector;
  }

  /** Whether {@link #and} has said everything that the selector demands, but for its CEL. */
  boolean exact() {
    return exact;
  }

  List<List<Condition>> and(List<List<Condition>> others) {
    List<List<Condition>> all = both(of(Path.TYPE, selector.types()), others);
    all = both(of(SUBJECT_TYPE, selector.subjectTypes()), all);
    TenantScope tenants = selector.tenants();
    if (tenants == null) {
      return all;
    }
    if (tenants.depth() != TenantDepth.CURRENT) {
      exact = false;
      return all;
    }
    return both(List.of(OneOf.of(TENANT, List.of(tenants.tenant()))), all);
  }

  /** One of these must hold; empty for no condition. */
  private static List<Condition> of(Path path, Set<TextPattern> patterns) {
    List<Condition> either = new ArrayList<>();
    List<String> exact =
        patterns.stream().filter(TextPattern::exact).map(TextPattern::text).toList();
    if (!exact.isEmpty()) {
      either.add(OneOf.of(path, exact));
    }
    patterns.stream()
        .filter(not(TextPattern::exact))
        .forEach(pattern -> either.add(new StartsWith(path, pattern.prefix())));
    return either;
  }

  private List<List<Condition>> both(List<Condition> either, List<List<Condition>> others) {
    if (either.isEmpty()) {
      return others;
    }
    if (either.size() * others.size() > MAX_ALTERNATIVES) {
      exact = false;
      return others;
    }
    List<List<Condition>> both = new ArrayList<>();
    for (Condition condition : either) {
      for (List<Condition> other : others) {
        List<Condition> all = new ArrayList<>(other.size() + 1);
        all.add(condition);
        all.addAll(other);
        both.add(List.copyOf(all));
      }
    }
    return List.copyOf(both);
  }
}
