package io.millrace.emitter.task;

import io.millrace.model.emitter.EmitterParameters;
import io.millrace.model.emitter.InvalidDefinitionException;
import io.millrace.model.emitter.ParameterReader;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** A definition's {@code prettyPrint} is {@code pretty.print} in connector configuration. */
final class ParameterKeys {

  // Connect has a key of that name itself.
  private static final String NAME = "name";
  private static final String KEY_OF_NAME = "table";

  private ParameterKeys() {}

  static EmitterParameters read(EmitterKind kind, Map<String, String> props)
      throws InvalidDefinitionException {
    Map<String, Object> parameters = new HashMap<>();
    for (String key : kind.parameterKeys().get().names()) {
      String value = props.get(key);
      if (value != null) {
        parameters.put(key.equals(KEY_OF_NAME) ? NAME : parameter(key), value);
      }
    }
    return EmitterParameters.read(kind.type(), new ParameterReader(parameters, ""));
  }

  /** The configuration key of a parameter. */
  static String keyOf(String parameter) {
    return parameter.equals(NAME) ? KEY_OF_NAME : key(parameter);
  }

  static String parameter(String key) {
    StringBuilder name = new StringBuilder();
    for (String word : key.split("\\.", -1)) {
      name.append(name.isEmpty() ? word : capital(word));
    }
    return name.toString();
  }

  static String key(String parameter) {
    return parameter.replaceAll("([A-Z])", ".$1").toLowerCase(Locale.ROOT);
  }

  private static String capital(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
