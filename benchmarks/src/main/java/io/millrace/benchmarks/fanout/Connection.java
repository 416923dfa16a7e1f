package io.millrace.benchmarks.fanout;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A WebSocket that looks at what it is sent as little as it can: it counts messages, and reads the
 * two numbers that each of them begins its data with. Answers pings. Used by one thread.
 */
final class Connection {

  private static final byte[] MARK = "\"at\":[".getBytes(StandardCharsets.US_ASCII);
  private static final int PING = 9;
  private static final int CLOSE = 8;

  final SocketChannel channel;
  private final Tallies tallies;
  private final boolean sampled;
  private boolean open;
  private boolean closed;
  private long expected = -1;
  // What is left of a frame of which the rest has not come.
  private byte[] rest = {};

  Connection(SocketChannel channel, Tallies tallies, boolean sampled) {
    this.channel = channel;
    this.tallies = tallies;
    this.sampled = sampled;
  }

  boolean isOpen() {
    return open;
  }

  /** Whether the server has said that it ends. */
  boolean closed() {
    return closed;
  }

  /** Asks for the WebSocket; all fits into what the system takes at once. */
  void ask(String path, String authorization) throws IOException {
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + (authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n")
            + "\r\n";
    channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
  }

  /**
   * Takes what has come.
   *
   * @param buffer of any content, used meanwhile
   * @return whether this opened it
   */
  boolean take(ByteBuffer buffer) throws IOException {
    buffer.clear();
    buffer.put(rest);
    if (channel.read(buffer) < 0) {
      throw new EOFException();
    }
    buffer.flip();
    boolean opened = !open && head(buffer);
    while (open && frame(buffer)) {}
    rest = new byte[buffer.remaining()];
    buffer.get(rest);
    return opened;
  }

  private boolean head(ByteBuffer buffer) throws IOException {
    String text = StandardCharsets.US_ASCII.decode(buffer.duplicate()).toString();
    int end = text.indexOf("\r\n\r\n");
    if (end >= 0 && !text.startsWith("HTTP/1.1 101 ")) {
      throw new IOException("refused: " + text.substring(0, text.indexOf('\r')));
    }
    if (end >= 0) {
      buffer.position(buffer.position() + end + 4);
      open = true;
    }
    return open;
  }

  private boolean frame(ByteBuffer buffer) throws IOException {
    int start = buffer.position();
    if (buffer.remaining() < 2) {
      return false;
    }
    int size = buffer.get(start + 1) & 0x7F;
    int header = size < 126 ? 2 : size == 126 ? 4 : 10;
    if (buffer.remaining() < header) {
      return false;
    }
    if (size == 126) {
      size = buffer.getShort(start + 2) & 0xFFFF;
    } else if (size == 127) {
      size = Math.toIntExact(buffer.getLong(start + 2));
    }
    if (buffer.remaining() < header + size) {
      return false;
    }
    int opcode = buffer.get(start) & 0x0F;
    if (opcode == PING) {
      channel.write(ByteBuffer.wrap(new byte[] {(byte) 0x8A, (byte) 0x80, 0, 0, 0, 0}));
    } else if (opcode == CLOSE) {
      closed = true;
    } else {
      message(buffer, start + header, start + header + size);
    }
    buffer.position(start + header + size);
    return true;
  }

  private void message(ByteBuffer buffer, int from, int to) {
    int at = sampled ? find(buffer, from, to) : -1;
    if (!sampled) {
      tallies.message();
    } else if (at >= 0) {
      long sent = number(buffer, at);
      long count = number(buffer, at + digits(buffer, at) + 1);
      if (expected >= 0 && count != expected) {
        tallies.lost(count, expected);
      }
      expected = count + 1;
      tallies.message();
      tallies.took(System.nanoTime() - sent);
    }
  }

  private static int find(ByteBuffer buffer, int from, int to) {
    for (int i = from; i < to - MARK.length; i++) {
      int same = 0;
      while (same < MARK.length && buffer.get(i + same) == MARK[same]) {
        same++;
      }
      if (same == MARK.length) {
        return i + same;
      }
    }
    return -1;
  }

  private static int digits(ByteBuffer buffer, int at) {
    int i = at;
    while (buffer.get(i) >= '0' && buffer.get(i) <= '9') {
      i++;
    }
    return i - at;
  }

  private static long number(ByteBuffer buffer, int at) {
    long number = 0;
    for (int i = at; buffer.get(i) >= '0' && buffer.get(i) <= '9'; i++) {
      number = number * 10 + buffer.get(i) - '0';
    }
    return number;
  }
}
