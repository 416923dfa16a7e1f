package io.millrace.gateway.catalogue;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a catalogue.
 *
 * @param file its name where the catalogue is a folder; absent for the one file there is
 * @param line from 1; 0 where none can be told
 * @param field path of the field, such as {@code acronis[0].retention}
 * @param reason goes on where the field begins the sentence
 */
record CatalogueProblem(@Nullable String file, int line, String field, String reason) {

  @Override
  public String toString() {
    String place = place(file, line);
    return (place.isEmpty() ? "" : place + ": ") + field + " " + reason;
  }

  /** File and line in words, as far as they can be told. */
  static String place(@Nullable String file, int line) {
    String place = line > 0 ? "line " + line : "";
    if (file == null) {
      return place;
    }
    return place.isEmpty() ? file : file + " " + place;
  }
}
