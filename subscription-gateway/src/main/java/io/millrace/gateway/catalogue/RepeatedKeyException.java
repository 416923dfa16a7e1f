package io.millrace.gateway.catalogue;

import java.io.IOException;

/** An object with the same key twice. */
final class RepeatedKeyException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String key;
  private final int line;
  private final int firstLine;

  RepeatedKeyException(String key, int line, int firstLine) {
    super(key + " is there twice");
    this.key = key;
    this.line = line;
    this.firstLine = firstLine;
  }

  String key() {
    return key;
  }

  int line() {
    return line;
  }

  int firstLine() {
    return firstLine;
  }
}
