package io.millrace.gateway.live;

import java.nio.ByteBuffer;

/** Writes events as one kind of client reads them. Never throws; told apart by identity. */
@FunctionalInterface
public interface EventFormat {

  /** The message; not to be changed any more. */
  ByteBuffer write(LiveEvent event);
}
