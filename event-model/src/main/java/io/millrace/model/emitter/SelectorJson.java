package io.millrace.model.emitter;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A selector as it stands in records of Kafka. Every part is written, so that one which is missing
 * is refused and not taken for one that accepts everything.
 */
public record SelectorJson(
    List<String> types,
    List<String> subjectTypes,
    @Nullable String tenant,
    @Nullable TenantDepth tenantDepth,
    @Nullable String cel) {

  public static SelectorJson of(Selector selector) {
    TenantScope tenants = selector.tenants();
    return new SelectorJson(
        sorted(selector.types()),
        sorted(selector.subjectTypes()),
        tenants == null ? null : tenants.tenant(),
        tenants == null ? null : tenants.depth(),
        selector.cel());
  }

  /**
   * What it says.
   *
   * @throws IllegalArgumentException if it is no selector
   * @throws NullPointerException if a part is missing
   */
  public Selector selector() {
    if ((tenant == null) != (tenantDepth == null)) {
      throw new IllegalArgumentException("a tenant and its depth go together");
    }
    return new Selector(
        patterns(types),
        patterns(subjectTypes),
        tenant == null || tenantDepth == null ? null : new TenantScope(tenant, tenantDepth),
        cel);
  }

  private static List<String> sorted(Set<TextPattern> patterns) {
    return List.copyOf(
        patterns.stream().map(TextPattern::text).collect(Collectors.toCollection(TreeSet::new)));
  }

  private static Set<TextPattern> patterns(@Nullable List<String> texts) {
    return requireNonNull(texts, "patterns").stream()
        .map(TextPattern::new)
        .collect(Collectors.toSet());
  }
}
