package io.millrace.source.config;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * References such as {@code ${file:/etc/shop.properties:password}} that still stand in a
 * configuration: the worker has no such config provider, or the provider no such value, and Connect
 * then hands on the text as it is.
 */
public final class References {

  // As Kafka's ConfigTransformer finds them.
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}:]*:[^}]*}");

  private References() {}

  /** Tells them at their keys, and none of their text. */
  public static void check(Map<String, String> props, Problems problems) {
    props.forEach(
        (key, value) -> {
          if (value != null && REFERENCE.matcher(value).find()) {
            problems.add(key, "is a reference that no config provider of the worker has resolved");
          }
        });
  }
}
