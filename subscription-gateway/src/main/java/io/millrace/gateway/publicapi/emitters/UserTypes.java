package io.millrace.gateway.publicapi.emitters;

import io.millrace.model.emitter.EmitterType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The types of emitter that users may define. Source: Trisotech DES, emitter types. */
final class UserTypes {

  // They write to the machines that emitters run on.
  private static final Set<EmitterType> SYSTEM_ONLY =
      EnumSet.of(EmitterType.FILE, EmitterType.CONSOLE);

  private UserTypes() {}

  static boolean contains(EmitterType type) {
    return !SYSTEM_ONLY.contains(type);
  }

  static List<EmitterType> all() {
    return Arrays.stream(EmitterType.values()).filter(UserTypes::contains).toList();
  }
}
