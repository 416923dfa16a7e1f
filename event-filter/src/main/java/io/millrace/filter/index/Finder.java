package io.millrace.filter.index;

/**
 * Is handed each owner whose conditions an event satisfies; one of several places, several times.
 */
public interface Finder<T> {

  /** One that is to be asked still. */
  void found(T owner);

  /** One of whom nothing else is to be known. */
  void settled(T owner);
}
