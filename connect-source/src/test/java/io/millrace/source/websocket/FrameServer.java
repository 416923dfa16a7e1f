package io.millrace.source.websocket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The other end of one WebSocket, frame by frame, so that it can do what no library would. */
final class FrameServer implements AutoCloseable {

  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final ServerSocket listening;
  private final List<Socket> sockets = new ArrayList<>();

  FrameServer() throws IOException {
    listening = new ServerSocket();
    // Small, so that a reader which does not read is felt soon.
    listening.setReceiveBufferSize(16_384);
    listening.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  URI uri() {
    return URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/events?token=secret");
  }

  /** Waits for a client; its handshake is not answered yet. */
  Client accept() throws IOException {
    Socket socket = listening.accept();
    socket.setSendBufferSize(16_384);
    sockets.add(socket);
    return new Client(socket);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /**
   * What came.
   *
   * @param code of a Close frame, else 0
   */
  record Frame(int opcode, int code, String text) {}

  static final class Client {
    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Client(Socket socket) throws IOException {
      this.socket = socket;
      in = new DataInputStream(socket.getInputStream());
      out = socket.getOutputStream();
      line();
      for (String line = line(); !line.isEmpty(); line = line()) {
        int colon = line.indexOf(':');
        headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
      }
    }

    private String line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int c = in.read(); c != '\n' && c >= 0; c = in.read()) {
        line.write(c);
      }
      return line.toString(ISO_8859_1).strip();
    }

    Client upgrade(String... more) throws IOException {
      String key = headers.get("Sec-WebSocket-Key") + GUID;
      try {
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(key.getBytes(ISO_8859_1));
        List<String> lines = new ArrayList<>();
        lines.add("Upgrade: websocket");
        lines.add("Connection: Upgrade");
        lines.add("Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(digest));
        lines.addAll(List.of(more));
        answer("101 Switching Protocols", lines.toArray(String[]::new));
      } catch (GeneralSecurityException e) {
        throw new AssertionError(e);
      }
      return this;
    }

    void answer(String status, String... lines) throws IOException {
      String head = "HTTP/1.1 " + status + "\r\n" + String.join("\r\n", lines) + "\r\n\r\n";
      out.write(head.getBytes(ISO_8859_1));
    }

    void text(String text) {
      frame(TEXT, true, text.getBytes(UTF_8));
    }

    void close(int code, String reason) {
      byte[] text = reason.getBytes(UTF_8);
      frame(
          CLOSE,
          true,
          ByteBuffer.allocate(2 + text.length).putShort((short) code).put(text).array());
    }

    void frame(int opcode, boolean last, byte[] payload) {
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      frame.write((last ? 0x80 : 0) | opcode);
      if (payload.length < 126) {
        frame.write(payload.length);
      } else {
        frame.write(126);
        frame.write(payload.length >> 8);
        frame.write(payload.length);
      }
      frame.writeBytes(payload);
      try {
        out.write(frame.toByteArray());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    Frame read() throws IOException {
      int opcode = in.readUnsignedByte() & 0x0f;
      int length = in.readUnsignedByte() & 0x7f;
      if (length == 126) {
        length = in.readUnsignedShort();
      }
      byte[] mask = in.readNBytes(4);
      byte[] payload = in.readNBytes(length);
      for (int i = 0; i < payload.length; i++) {
        payload[i] ^= mask[i % 4];
      }
      int code = opcode == CLOSE && length > 1 ? ByteBuffer.wrap(payload).getShort() : 0;
      return new Frame(opcode, code, new String(payload, UTF_8));
    }

    /** Whether the other side has gone without a word. */
    boolean isGone() throws IOException {
      try {
        return in.read() < 0;
      } catch (SocketException e) {
        return true;
      }
    }

    void cut() throws IOException {
      socket.setSoLinger(true, 0);
      socket.close();
    }
  }
}
