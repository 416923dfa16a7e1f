package io.millrace.gateway.mmm;

import com.github.benmanes.caffeine.cache.Interner;

/** The projections in use: equal selections share one, for as long as somebody uses it. */
final class Projections {

  private final Interner<Projection> known = Interner.newWeakInterner();

  Projection of(Selection selection) {
    return known.intern(new Projection(selection));
  }
}
