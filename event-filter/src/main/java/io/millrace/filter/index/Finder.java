package io.millrace.filter.index;

/**
 * Is handed each owner whose conditions an event satisfies; one of several places, several times.
 */
@FunctionalInterface
public interface Finder<T> {

  void found(T owner);
}
