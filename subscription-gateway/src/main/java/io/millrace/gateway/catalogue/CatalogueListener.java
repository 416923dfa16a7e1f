package io.millrace.gateway.catalogue;

/** Makes a catalogue true, such as by creating the topics of its streams. */
@FunctionalInterface
public interface CatalogueListener {

  /**
   * Called with each catalogue before it comes into force, never by two threads at once. May block.
   *
   * @throws CatalogueException if it cannot come into force; it must have no effect then
   * @throws InterruptedException if interrupted while it works
   */
  void changes(Catalogue catalogue) throws CatalogueException, InterruptedException;
}
