package io.millrace.benchmarks.webhook;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The requests of one connection, as far as an endpoint must understand them to answer. */
final class Posts {

  private static final byte[] LENGTH = "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ID = "\r\nce-id:".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ANSWER =
      "HTTP/1.1 204 No Content\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private final SocketChannel channel;
  private final int endpoint;
  private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);

  Posts(SocketChannel channel, int endpoint) {
    this.channel = channel;
    this.endpoint = endpoint;
  }

  int endpoint() {
    return endpoint;
  }

  /** Reads what is there; how many requests are complete, or -1 at the end of the connection. */
  int read(@Nullable Run run) {
    try {
      if (channel.read(buffer) < 0) {
        return -1;
      }
    } catch (IOException e) {
      return -1;
    }
    int count = 0;
    int from = 0;
    for (int next = end(from); next >= 0; next = end(from)) {
      if (run != null) {
        run.arrived(number(ID, from, next));
      }
      from = next;
      count++;
    }
    buffer.flip();
    buffer.position(from);
    buffer.compact();
    return count;
  }

  void answer(int count) {
    try {
      for (int i = 0; i < count; i++) {
        channel.write(ByteBuffer.wrap(ANSWER));
      }
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private int end(int from) {
    int head = find(END, from, buffer.position());
    if (head < 0) {
      return -1;
    }
    int end = head + END.length + Math.max(0, number(LENGTH, from, head + 2));
    return end <= buffer.position() ? end : -1;
  }

  private int number(byte[] header, int from, int to) {
    int at = find(header, from, to);
    if (at < 0) {
      return -1;
    }
    int number = 0;
    for (int i = at + header.length; buffer.get(i) != '\r'; i++) {
      if (buffer.get(i) != ' ') {
        number = number * 10 + buffer.get(i) - '0';
      }
    }
    return number;
  }

  private int find(byte[] text, int from, int to) {
    byte[] bytes = buffer.array();
    search:
    for (int i = from; i <= to - text.length; i++) {
      for (int j = 0; j < text.length; j++) {
        if (bytes[i + j] != text[j] && (bytes[i + j] | 0x20) != text[j]) {
          continue search;
        }
      }
      return i;
    }
    return -1;
  }
}
