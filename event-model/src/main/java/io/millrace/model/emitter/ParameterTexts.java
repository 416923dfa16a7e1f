package io.millrace.model.emitter;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;

/** What each parameter is for, from {@code parameters.properties}. */
final class ParameterTexts {

  private static final Properties TEXTS = load();

  private ParameterTexts() {}

  /** The text of a type's parameter, else that of all types which have it, else none. */
  static String of(String type, String parameter) {
    return TEXTS.getProperty(type + "." + parameter, TEXTS.getProperty(parameter, ""));
  }

  private static Properties load() {
    Properties texts = new Properties();
    try (Reader in =
        new InputStreamReader(
            Objects.requireNonNull(
                ParameterTexts.class.getResourceAsStream("parameters.properties")),
            StandardCharsets.UTF_8)) {
      texts.load(in);
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException("the texts of parameters cannot be read", e);
    }
  }
}
