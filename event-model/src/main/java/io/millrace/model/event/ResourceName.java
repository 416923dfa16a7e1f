package io.millrace.model.event;

import java.util.regex.Pattern;

/** The rule for names of streams and emitters, which become parts of Kafka topic names. */
public final class ResourceName {

  public static final String RULE = "1 to 100 letters, digits, dashes or underscores";

  // No dots: Kafka refuses two topics whose names differ only in '.' and '_'.
  private static final Pattern PATTERN = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,99}");

  private ResourceName() {}

  public static boolean isValid(String name) {
    return PATTERN.matcher(name).matches();
  }
}
