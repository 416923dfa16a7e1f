package io.millrace.gateway.publicapi.emitters;

import io.millrace.model.emitter.EmitterType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The types of emitter that users may define. Source: Trisotech DES, emitter types.
 *
 * @param types never one that writes to the machines that emitters run on
 */
record UserTypes(Set<EmitterType> types) {

  private static final Set<EmitterType> SYSTEM_ONLY =
      EnumSet.of(EmitterType.FILE, EmitterType.CONSOLE);

  UserTypes {
    types = Set.copyOf(types);
  }

  /** Of names in configuration, of those that {@link #possible} has. */
  static UserTypes of(List<String> names) {
    return new UserTypes(
        names.stream()
            .map(name -> EmitterType.of(name).orElseThrow())
            .collect(Collectors.toUnmodifiableSet()));
  }

  /** The names of all that may be allowed. */
  static List<String> possible() {
    return Arrays.stream(EmitterType.values())
        .filter(type -> !SYSTEM_ONLY.contains(type))
        .map(EmitterType::wireName)
        .toList();
  }

  boolean contains(EmitterType type) {
    return types.contains(type);
  }

  /** Their names, for messages. */
  String names() {
    return types.stream().sorted().map(EmitterType::wireName).collect(Collectors.joining(", "));
  }
}
