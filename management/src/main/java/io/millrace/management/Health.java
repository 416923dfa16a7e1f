package io.millrace.management;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a service is.
 *
 * @param ready whether it does its work now
 * @param parts a word or a sentence on each part, in the order given; never a secret
 */
public record Health(boolean ready, Map<String, String> parts) {

  public Health {
    parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
  }

  /** Both together: ready when both are, with the parts of both. */
  public Health and(Health other) {
    Map<String, String> all = new LinkedHashMap<>(parts);
    all.putAll(other.parts);
    return new Health(ready && other.ready, all);
  }
}
