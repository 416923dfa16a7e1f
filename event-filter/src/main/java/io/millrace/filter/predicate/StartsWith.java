package io.millrace.filter.predicate;

import org.jspecify.annotations.Nullable;

/**
 * FEEL's {@code starts with(path, "prefix")}.
 *
 * @param known how many of the first characters are known to be right
 */
public record StartsWith(Path path, String prefix, int known) implements Condition {

  public StartsWith(Path path, String prefix) {
    this(path, prefix, 0);
  }

  public StartsWith withKnown(int characters) {
    return new StartsWith(path, prefix, characters);
  }

  @Override
  public boolean accepts(@Nullable Object value) {
    return Single.unwrap(value) instanceof String text && text.startsWith(prefix);
  }
}
