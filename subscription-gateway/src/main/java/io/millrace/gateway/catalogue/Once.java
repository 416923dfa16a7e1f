package io.millrace.gateway.catalogue;

import java.util.HashMap;
import java.util.Map;

/** Names that must be there once in a catalogue, and where each was first. */
final class Once {

  private final Map<Object, String> places = new HashMap<>();

  /** Whether it is the first of its name; else that is told, with where the first one is. */
  boolean first(Section section, String field, Object name) {
    String other = places.putIfAbsent(name, section.place(field));
    if (other != null) {
      section.problem(field, "is there twice: " + name + ", first in " + other);
    }
    return other == null;
  }
}
