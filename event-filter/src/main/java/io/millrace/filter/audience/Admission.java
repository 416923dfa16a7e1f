package io.millrace.filter.audience;

/**
 * What the rules say of one event, found once and asked for each viewer. Safe for use by several
 * threads.
 */
@FunctionalInterface
public interface Admission {

  /** Whether the viewer may see the event; never throws, and what cannot be decided is no. */
  boolean admits(Viewer viewer);
}
