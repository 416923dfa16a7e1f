package io.millrace.gateway.http;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A body that is made while it is sent, a piece at a time: the next one when the client has taken
 * the one before. Its methods are called by one thread at a time, not always the same.
 */
public interface BodySource extends AutoCloseable {

  /**
   * The next piece, perhaps an empty one if there is none yet; null at the end. May wait for a
   * little while.
   *
   * @throws Exception if the body cannot be completed: the client sees that it was cut off
   */
  @Nullable ByteBuffer next() throws Exception;

  /** Called once, at the end or as soon as nobody wants more. */
  @Override
  void close();
}
