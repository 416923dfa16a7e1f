package io.millrace.benchmarks.sources;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Pushes all events over a WebSocket as fast as the socket takes them: frames written by hand, so
 * that no library is measured with them. What the client says is read and thrown away.
 */
final class PushUpstream implements Upstream {

  private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  /** Whose messages they are. */
  enum Protocol {
    FOUNDRY(
        "io.millrace.source.foundry.FoundrySourceConnector",
        "{\"code\":620001,\"message\":\"Success\"}",
        "{\"code\":620010,\"eventId\":\"%s\",\"topic\":\"service/%d\",\"data\":{\"text\":\"%s\"}}"),
    DES(
        "io.millrace.source.des.DesSourceConnector",
        "{\"id\":\"1\",\"source\":\"s\",\"type\":\"WebSessionStarted\",\"data\":{\"timeout\":5}}",
        "{\"id\":\"%s\",\"source\":\"des\",\"subject\":\"%d\",\"type\":\"Executed\","
            + "\"specversion\":\"1.0.1\",\"time\":\"2024-10-01T11:01:16.030949Z\","
            + "\"data\":{\"text\":\"%s\"}}");

    private final String connector;
    private final String first;
    private final String event;

    Protocol(String connector, String first, String event) {
      this.connector = connector;
      this.first = first;
      this.event = event;
    }
  }

  private final ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private final Protocol protocol;
  private final int events;
  private final String text;

  PushUpstream(Protocol protocol, int events, int bytes) throws IOException {
    this.protocol = protocol;
    this.events = events;
    this.text = "x".repeat(bytes);
    daemon(this::accept);
  }

  @Override
  public Map<String, String> config() {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", protocol.connector);
    config.put("url", "ws://127.0.0.1:" + listening.getLocalPort() + "/");
    config.put("topic.paths", "service");
    config.put("connection.check", "false");
    config.put("identity.type", "bearer");
    config.put("identity.token", "t");
    return config;
  }

  private void accept() {
    try (ServerSocket open = listening) {
      while (true) {
        Socket socket = open.accept();
        daemon(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket accepted) {
    try (Socket socket = accepted) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 1 << 18);
      String key = key(in);
      out.write(
          ("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                  + "Sec-WebSocket-Accept: "
                  + accept(key)
                  + "\r\n\r\n")
              .getBytes(ISO_8859_1));
      out.flush();
      daemon(() -> push(out));
      in.transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private void push(OutputStream out) {
    try {
      frame(out, protocol.first);
      for (int i = 0; i < events; i++) {
        frame(out, protocol.event.formatted(new UUID(1, i), i % 1_000, text));
      }
      out.flush();
    } catch (IOException e) {
      // The client has gone.
    }
  }

  private static void frame(OutputStream out, String message) throws IOException {
    byte[] bytes = message.getBytes(UTF_8);
    out.write(0x81);
    if (bytes.length < 126) {
      out.write(bytes.length);
    } else {
      out.write(126);
      out.write(bytes.length >> 8);
      out.write(bytes.length);
    }
    out.write(bytes);
  }

  private static String key(DataInputStream in) throws IOException {
    String key = "";
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.regionMatches(true, 0, "Sec-WebSocket-Key:", 0, 18)) {
        key = line.substring(18).strip();
      }
    }
    return key;
  }

  private static String line(DataInputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      line.append((char) c);
    }
    return line.toString().strip();
  }

  private static String accept(String key) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "upstream");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listening.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
