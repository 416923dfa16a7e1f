package io.millrace.benchmarks.sources;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MMM's events in chunks that were written beforehand, over graphql-transport-ws: as many as the
 * acknowledgements let out, as fast as the socket takes them.
 */
final class MmmUpstream implements Upstream {

  private static final int WINDOW = 20_000;
  private static final Pattern LAST = Pattern.compile("\"lastEventId\":(\\d+)}");
  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ServerSocket listening;
  private final byte[][] chunks;
  private final int size;
  // Guarded by this.
  private long acknowledged;

  MmmUpstream(int events, int size) throws IOException {
    this.size = size;
    chunks = new byte[events / size][];
    for (int i = 0; i < chunks.length; i++) {
      chunks[i] = frame(chunk(i));
    }
    listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  @Override
  public Map<String, String> config() {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", "io.millrace.source.mmm.MmmSourceConnector");
    config.put("url", "http://127.0.0.1:" + listening.getLocalPort());
    config.put("start.after", "0");
    config.put("chunk.size", Integer.toString(size));
    config.put("ack.limit", Integer.toString(WINDOW));
    config.put("ack.events", Integer.toString(WINDOW / 10));
    return config;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      // It is closed.
    }
  }

  private void serve(Socket socket) {
    try (socket;
        DataInputStream in =
            new DataInputStream(new BufferedInputStream(socket.getInputStream()))) {
      OutputStream out = socket.getOutputStream();
      for (Map<String, String> head = head(in); !head.isEmpty(); head = head(in)) {
        String key = head.get("sec-websocket-key");
        if (key != null) {
          upgrade(key, out);
          converse(in, out);
          return;
        }
        byte[] body = in.readNBytes(Integer.parseInt(head.getOrDefault("content-length", "0")));
        acknowledge(new String(body, UTF_8));
        send(out, "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"data\":{}}");
      }
    } catch (IOException e) {
      // The connector has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, String> head(DataInputStream in) throws IOException {
    Map<String, String> head = new HashMap<>();
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      int colon = line.indexOf(':');
      head.put(
          line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT),
          line.substring(colon + 1).strip());
    }
    return head;
  }

  private static String line(DataInputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
      line.write(c);
    }
    return line.toString(ISO_8859_1).strip();
  }

  private static void upgrade(String key, OutputStream out) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1));
      send(
          out,
          "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
              + "Sec-WebSocket-Protocol: graphql-transport-ws\r\nSec-WebSocket-Accept: "
              + Base64.getEncoder().encodeToString(digest)
              + "\r\n\r\n");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void send(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(ISO_8859_1));
  }

  private void converse(DataInputStream in, OutputStream out)
      throws IOException, InterruptedException {
    read(in);
    out.write(frame("{\"type\":\"connection_ack\"}"));
    // The check before the start leaves here.
    if (!read(in).contains("\"subscribe\"")) {
      return;
    }
    for (int i = 0; i < chunks.length; i++) {
      awaitRoom((long) i * size);
      out.write(chunks[i]);
    }
    read(in);
  }

  private synchronized void awaitRoom(long sent) throws InterruptedException {
    while (sent - acknowledged > WINDOW - size) {
      wait();
    }
  }

  private synchronized void acknowledge(String body) {
    Matcher last = LAST.matcher(body);
    if (last.find()) {
      acknowledged = Math.max(acknowledged, Long.parseLong(last.group(1)));
      notifyAll();
    }
  }

  private static String read(DataInputStream in) throws IOException {
    in.readUnsignedByte();
    int length = in.readUnsignedByte() & 0x7f;
    if (length == 126) {
      length = in.readUnsignedShort();
    }
    byte[] mask = in.readNBytes(4);
    byte[] payload = in.readNBytes(length);
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return new String(payload, UTF_8);
  }

  private static byte[] frame(String text) {
    byte[] payload = text.getBytes(UTF_8);
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 10).put((byte) 0x81);
    if (payload.length < 126) {
      frame.put((byte) payload.length);
    } else {
      frame.put((byte) 127).putLong(payload.length);
    }
    frame.put(payload).flip();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }

  private String chunk(int number) {
    StringBuilder json =
        new StringBuilder(
            "{\"id\":\"1\",\"type\":\"next\",\"payload\":{\"data\":{\"_externalEvents\":{\"events\":[");
    for (int i = 0; i < size; i++) {
      long id = (long) number * size + i + 1;
      json.append(i == 0 ? "" : ",")
          .append("{\"id\":")
          .append(id)
          .append(",\"timestamp\":\"2021-05-25T09:03:23.730010Z\",\"entityId\":\"")
          .append(new UUID(2, id % 1_000))
          .append("\",\"entityType\":\"tableAttribute\",\"entityStatus\":\"UPDATED\"}");
    }
    return json.append("]}}}}").toString();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } finally {
      threads.shutdownNow();
    }
  }
}
