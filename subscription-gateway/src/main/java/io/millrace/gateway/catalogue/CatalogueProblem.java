package io.millrace.gateway.catalogue;

/**
 * One thing that is wrong with a catalogue.
 *
 * @param line from 1; 0 where none can be told
 * @param field path of the field, such as {@code acronis[0].retention}
 * @param reason goes on where the field begins the sentence
 */
record CatalogueProblem(int line, String field, String reason) {

  @Override
  public String toString() {
    return (line > 0 ? "line " + line + ": " : "") + field + " " + reason;
  }
}
