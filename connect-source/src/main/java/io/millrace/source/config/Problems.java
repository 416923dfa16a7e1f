package io.millrace.source.config;

/** Takes what is wrong with a configuration, key by key. */
@FunctionalInterface
public interface Problems {

  /**
   * Tells one problem.
   *
   * @param key where it is shown
   * @param reason the end of a sentence that begins with the key; without secrets
   */
  void add(String key, String reason);
}
