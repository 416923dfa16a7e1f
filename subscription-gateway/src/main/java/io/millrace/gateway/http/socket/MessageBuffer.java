package io.millrace.gateway.http.socket;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/** Puts the frames of a message together. Holds nothing between messages. */
final class MessageBuffer {

  private final int limit;
  private @Nullable ByteArrayOutputStream begun;
  private boolean text;

  MessageBuffer(int limit) {
    this.limit = limit;
  }

  /** Whether the frame makes the message larger than allowed; then it is not to be added. */
  boolean tooLarge(Frame frame) {
    return frame.getPayloadLength() + (begun == null ? 0 : begun.size()) > limit;
  }

  /** Adds a data frame; gives the message's bytes, valid as long as the frame's, if it is whole. */
  @Nullable ByteBuffer add(Frame frame) {
    if (frame.getOpCode() != OpCode.CONTINUATION) {
      text = frame.getOpCode() == OpCode.TEXT;
    }
    if (begun == null && frame.isFin()) {
      return frame.hasPayload() ? frame.getPayload() : ByteBuffer.allocate(0);
    }
    ByteArrayOutputStream bytes = begun == null ? new ByteArrayOutputStream() : begun;
    if (frame.hasPayload()) {
      byte[] more = new byte[frame.getPayloadLength()];
      frame.getPayload().duplicate().get(more);
      bytes.writeBytes(more);
    }
    begun = frame.isFin() ? null : bytes;
    return frame.isFin() ? ByteBuffer.wrap(bytes.toByteArray()) : null;
  }

  /** Whether the last message, or the one begun, is of text. */
  boolean text() {
    return text;
  }

  /** Forgets what was begun. */
  void clear() {
    begun = null;
  }

  /** The text of a whole message; null if it is not UTF-8. */
  static @Nullable String decode(ByteBuffer utf8) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(utf8.duplicate()).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
