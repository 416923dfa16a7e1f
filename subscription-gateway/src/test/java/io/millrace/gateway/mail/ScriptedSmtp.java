package io.millrace.gateway.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A mail server on loopback that answers some commands as a test wants, and never the silent one.
 */
final class ScriptedSmtp implements AutoCloseable {

  static final String SILENT = "";

  private final ServerSocket server;
  private final Map<String, String> answers = new HashMap<>();

  ScriptedSmtp(String command, String answer) throws IOException {
    answers.put("EHLO", "250-here\r\n250 AUTH PLAIN");
    answers.put("DATA", "354 go on");
    answers.put("QUIT", "221 bye");
    answers.put(command, answer);
    server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    Thread thread = new Thread(this::serve, "scripted-smtp");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  private void serve() {
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        converse(socket);
      } catch (IOException e) {
        // The client is gone, or the test is over.
      }
    }
  }

  private void converse(Socket socket) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
    OutputStream out = socket.getOutputStream();
    if (!say(out, answers.getOrDefault("HELLO", "220 here"))) {
      in.readLine();
      return;
    }
    boolean data = false;
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String command = line.split(" ", 2)[0].toUpperCase(Locale.ROOT);
      if (data && !line.equals(".")) {
        continue;
      }
      String answer = answers.getOrDefault(command, "250 ok");
      data = command.equals("DATA") && answer.startsWith("354");
      say(out, answer);
    }
  }

  private static boolean say(OutputStream out, String answer) throws IOException {
    if (answer.isEmpty()) {
      return false;
    }
    out.write((answer + "\r\n").getBytes(US_ASCII));
    out.flush();
    return true;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
