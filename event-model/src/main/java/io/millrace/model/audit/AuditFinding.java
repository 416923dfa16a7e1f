package io.millrace.model.audit;

/**
 * Something wrong in a download.
 *
 * @param file as it was named
 * @param line of the file, from 1
 * @param entry place in the file, from 1; 0 for the file as a whole
 * @param text what is wrong, for a person
 */
public record AuditFinding(String file, long line, long entry, String text) {

  @Override
  public String toString() {
    return file + ", line " + line + (entry == 0 ? "" : ", entry " + entry) + ": " + text;
  }
}
