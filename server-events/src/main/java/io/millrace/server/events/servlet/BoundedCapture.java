package io.millrace.server.events.servlet;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A copy of the bytes that pass, up to a limit; beyond it nothing is kept. For one thread at a
 * time, as the streams of a call are.
 */
final class BoundedCapture {

  private final int limit;
  private @Nullable ByteArrayOutputStream bytes;
  private boolean tooLarge;

  BoundedCapture(int limit) {
    this.limit = limit;
  }

  void add(int oneByte) {
    if (hasRoom(1)) {
      buffer().write(oneByte);
    }
  }

  void add(byte[] from, int offset, int length) {
    if (length > 0 && hasRoom(length)) {
      buffer().write(from, offset, length);
    }
  }

  void clear() {
    bytes = null;
    tooLarge = false;
  }

  boolean isTooLarge() {
    return tooLarge;
  }

  /** What has passed; empty if it was too much. */
  byte[] bytes() {
    return bytes == null ? new byte[0] : bytes.toByteArray();
  }

  private boolean hasRoom(int more) {
    if (!tooLarge && (bytes == null ? 0 : bytes.size()) + more > limit) {
      tooLarge = true;
      bytes = null;
    }
    return !tooLarge;
  }

  private ByteArrayOutputStream buffer() {
    ByteArrayOutputStream present = bytes;
    if (present == null) {
      present = new ByteArrayOutputStream();
      bytes = present;
    }
    return present;
  }
}
