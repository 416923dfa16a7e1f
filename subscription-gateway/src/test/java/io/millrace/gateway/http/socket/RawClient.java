package io.millrace.gateway.http.socket;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A client that does only what a test tells it, wrong things too. */
final class RawClient implements AutoCloseable {

  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private final Socket socket = new Socket();
  private final DataInputStream in;

  /** What came, a text of its payload; a close as code and reason. */
  record Frame(int opcode, String text) {}

  RawClient(int port) throws IOException {
    socket.setReceiveBufferSize(8192);
    socket.setSoTimeout(60_000);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    in = new DataInputStream(socket.getInputStream());
  }

  /** Opens a WebSocket. */
  static RawClient open(int port, String path) throws IOException {
    RawClient client = new RawClient(port);
    String head = client.handshake(path);
    if (!head.startsWith("HTTP/1.1 101 ")
        || !head.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=")) {
      throw new AssertionError(head);
    }
    return client;
  }

  /** Asks for a WebSocket; gives the head of the answer. */
  String handshake(String path, String... headers) throws IOException {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Upgrade: websocket");
    all.add("Connection: keep-alive, Upgrade");
    all.add("Sec-WebSocket-Version: 13");
    all.add("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
    return ask(path, all.toArray(String[]::new));
  }

  /** Sends a request; gives the head of the answer. */
  String ask(String path, String... headers) throws IOException {
    return askBy("GET", path, headers);
  }

  /** The same, by any method. */
  String askBy(String method, String path, String... headers) throws IOException {
    String request = method + " " + path + " HTTP/1.1\r\nHost: localhost\r\n";
    String all = request + String.join("\r\n", headers) + "\r\n\r\n";
    socket.getOutputStream().write(all.getBytes(UTF_8));
    StringBuilder head = new StringBuilder();
    while (!head.toString().endsWith("\r\n\r\n")) {
      head.append((char) in.readUnsignedByte());
    }
    return head.toString();
  }

  void send(int opcode, String text) throws IOException {
    send(opcode, true, text.getBytes(UTF_8), text.getBytes(UTF_8).length);
  }

  /** Sends a frame, which may claim to be longer than it is. */
  void send(int opcode, boolean fin, byte[] payload, int length) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write((fin ? 0x80 : 0) | opcode);
    if (length < 126) {
      frame.write(0x80 | length);
    } else {
      frame.write(0x80 | 127);
      frame.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
    }
    frame.writeBytes(new byte[4]); // A mask that changes nothing.
    frame.writeBytes(payload);
    socket.getOutputStream().write(frame.toByteArray());
  }

  void sendRaw(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  Frame read() throws IOException {
    int opcode = in.readUnsignedByte() & 15;
    int length = in.readUnsignedByte();
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = Math.toIntExact(in.readLong());
    }
    byte[] payload = in.readNBytes(length);
    if (opcode != CLOSE || length < 2) {
      return new Frame(opcode, new String(payload, UTF_8));
    }
    int code = ByteBuffer.wrap(payload).getShort() & 0xFFFF;
    return new Frame(opcode, code + " " + new String(payload, 2, length - 2, UTF_8));
  }

  /** Reads the end of a connection that is cut. */
  boolean cut() {
    try {
      return in.read() < 0;
    } catch (IOException e) {
      return e.getMessage().contains("reset");
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
