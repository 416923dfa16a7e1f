package io.millrace.model.emitter;

/**
 * One thing that is wrong with some input.
 *
 * @param field path of the field, such as {@code parameters.url} or {@code topics[0]}
 * @param reason what is wrong, as the end of a sentence that begins with the field
 */
public record Problem(String field, String reason) {

  @Override
  public String toString() {
    return field + " " + reason;
  }
}
