package io.millrace.benchmarks.graphql;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A client by {@code graphql-transport-ws} that weighs next to nothing: it reads no JSON, but looks
 * for what it needs. An entity's id is the time at which its event was raised.
 */
final class Client {

  private static final String MUTATION =
      "mutation ($id: GID!, $last: Long!) {"
          + " _acknowledgeExternalEvents(subscriptionId: $id, lastEventId: $last) }";
  private static final byte[] ENTITY = "\"entityId\":\"".getBytes(ISO_8859_1);
  private static final byte[] ID = "\"id\":".getBytes(ISO_8859_1);

  private final String id = UUID.randomUUID().toString();
  private final SocketChannel channel;
  private final Counts counts;
  private final String arguments;
  private final int acknowledgeEvery;
  private @Nullable ByteBuffer rest;
  private boolean open;
  private int chunks;
  private int acknowledgements;
  private long acknowledgedAt;

  Client(Selector selector, int port, Counts counts, String arguments, int acknowledgeEvery)
      throws IOException {
    this.counts = counts;
    this.arguments = arguments;
    this.acknowledgeEvery = acknowledgeEvery;
    channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    String admin = Base64.getEncoder().encodeToString("admin:admin".getBytes(ISO_8859_1));
    write(
        ByteBuffer.wrap(
            """
            GET /subscriptions HTTP/1.1\r
            Host: 127.0.0.1\r
            Upgrade: websocket\r
            Connection: Upgrade\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            Sec-WebSocket-Protocol: graphql-transport-ws\r
            Authorization: Basic %s\r
            \r
            """
                .formatted(admin)
                .getBytes(ISO_8859_1)));
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  /** Takes what has come. */
  void read(ByteBuffer shared) throws IOException {
    shared.clear();
    if (rest != null) {
      shared.put(rest);
      rest = null;
    }
    if (channel.read(shared) < 0) {
      counts.failed.increment();
      channel.close();
      return;
    }
    shared.flip();
    if (!open) {
      int end = indexOf(shared, "\r\n\r\n".getBytes(ISO_8859_1), 0, shared.limit());
      if (end >= 0) {
        open = true;
        shared.position(end + 4);
        send("{\"type\":\"connection_init\"}");
      }
    }
    while (open && frame(shared)) {}
    if (shared.hasRemaining()) {
      rest = ByteBuffer.allocate(shared.remaining()).put(shared).flip();
    }
  }

  private boolean frame(ByteBuffer from) throws IOException {
    int at = from.position();
    int there = from.remaining();
    if (there < 2) {
      return false;
    }
    int length = from.get(at + 1) & 0x7f;
    int head = 2;
    if (length == 126) {
      if (there < 4) {
        return false;
      }
      length = from.getShort(at + 2) & 0xffff;
      head = 4;
    } else if (length == 127) {
      if (there < 10) {
        return false;
      }
      length = (int) from.getLong(at + 2);
      head = 10;
    }
    if (there < head + length) {
      return false;
    }
    int opcode = from.get(at) & 0x0f;
    if (opcode == 1) {
      message(from, at + head, at + head + length);
    } else if (opcode == 9) {
      write(frame(10, new byte[0]));
    }
    from.position(at + head + length);
    return true;
  }

  private void message(ByteBuffer from, int start, int end) throws IOException {
    long now = System.nanoTime();
    if (indexOf(from, "connection_ack".getBytes(ISO_8859_1), start, end) >= 0) {
      subscribe();
    } else if (indexOf(from, "\"id\":\"s\"".getBytes(ISO_8859_1), start, start + 12) >= 0) {
      chunk(from, start, end, now);
    } else if (indexOf(from, "\"next\"".getBytes(ISO_8859_1), start, end) >= 0) {
      counts.acknowledged.increment();
      counts.acknowledging.recordValue(now - acknowledgedAt);
      if (indexOf(from, "errors".getBytes(ISO_8859_1), start, end) >= 0) {
        counts.failed.increment();
      }
    }
  }

  private void subscribe() throws IOException {
    send(
        "{\"id\":\"s\",\"type\":\"subscribe\",\"payload\":{\"query\":\"subscription {"
            + " _externalEvents(subscriptionId: \\\"%s\\\", %s) { events { entityId id timestamp"
                .formatted(id, arguments)
            + " entityType entityStatus } } }\"}}");
    counts.subscribed.increment();
  }

  private void chunk(ByteBuffer from, int start, int end, long now) throws IOException {
    int found = 0;
    int last = -1;
    for (int at = indexOf(from, ENTITY, start, end); at >= 0; at = indexOf(from, ENTITY, at, end)) {
      at += ENTITY.length;
      counts.latency.recordValue(Math.max(0, now - number(from, at)));
      last = at;
      found++;
    }
    if (found == 0) {
      if (counts.failed.sum() == 0) {
        byte[] told = new byte[end - start];
        from.get(start, told);
        System.err.println("The first failure: " + new String(told, ISO_8859_1));
      }
      counts.failed.increment();
      return;
    }
    counts.delivered.add(found);
    if (++chunks % acknowledgeEvery == 0) {
      long lastId = number(from, indexOf(from, ID, last, end) + ID.length);
      acknowledgedAt = System.nanoTime();
      send(
          "{\"id\":\"a%d\",\"type\":\"subscribe\",\"payload\":{\"query\":\"%s\",\"variables\":{\"id\":\"%s\",\"last\":%d}}}"
              .formatted(acknowledgements++, MUTATION, id, lastId));
    }
  }

  private static long number(ByteBuffer from, int start) {
    long number = 0;
    for (int at = start; from.get(at) >= '0' && from.get(at) <= '9'; at++) {
      number = number * 10 + from.get(at) - '0';
    }
    return number;
  }

  private static int indexOf(ByteBuffer in, byte[] wanted, int start, int end) {
    for (int at = start; at <= end - wanted.length; at++) {
      int i = 0;
      while (i < wanted.length && in.get(at + i) == wanted[i]) {
        i++;
      }
      if (i == wanted.length) {
        return at;
      }
    }
    return -1;
  }

  private void send(String text) throws IOException {
    write(frame(1, text.getBytes(ISO_8859_1)));
  }

  // A mask of zeros leaves the payload as it is.
  private static ByteBuffer frame(int opcode, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
    frame.put((byte) (0x80 | opcode));
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    return frame.putInt(0).put(payload).flip();
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
