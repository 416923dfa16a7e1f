package io.millrace.model.emitter;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of an emitter type. All but the description is what {@link ParameterReader} is
 * asked for, so that it cannot differ from what is read.
 *
 * @param fallback what holds when it is left out; absent for nothing
 * @param choices what it must be one of, in any case; empty for no such limit
 * @param description one or more sentences for a person
 */
public record Parameter(
    String name,
    boolean required,
    Kind kind,
    @Nullable String fallback,
    List<String> choices,
    String description) {

  /** What JSON a value is. */
  public enum Kind {
    STRING("String"),
    BOOLEAN("Boolean"),
    NUMBER("Number"),
    ARRAY("Array"),
    OBJECT("Object");

    private final String wireName;

    Kind(String wireName) {
      this.wireName = wireName;
    }

    /** The name by which people are told. */
    public String wireName() {
      return wireName;
    }
  }

  public Parameter {
    choices = List.copyOf(choices);
  }

  static Parameter required(String name, Kind kind) {
    return new Parameter(name, true, kind, null, List.of(), "");
  }

  static Parameter optional(String name, Kind kind) {
    return new Parameter(name, false, kind, null, List.of(), "");
  }

  Parameter or(String value) {
    return new Parameter(name, required, kind, value, choices, description);
  }

  Parameter oneOf(List<String> values) {
    return new Parameter(name, required, kind, fallback, values, description);
  }

  Parameter describedFor(EmitterType type) {
    return new Parameter(
        name, required, kind, fallback, choices, ParameterTexts.of(type.wireName(), name));
  }
}
