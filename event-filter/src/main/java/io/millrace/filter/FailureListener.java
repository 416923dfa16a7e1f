package io.millrace.filter;

/** Is told of every filter that could not be evaluated for an event; the event was not matched. */
@FunctionalInterface
public interface FailureListener<K> {

  /** Called on the thread that matches; must be quick. */
  void failed(K key);
}
