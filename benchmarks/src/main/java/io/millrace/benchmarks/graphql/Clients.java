package io.millrace.benchmarks.graphql;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;

/**
 * All clients of a run, on one thread of a process of their own: one process may not have as many
 * sockets as both ends need. Asked by lines what they count, or to forget times.
 */
final class Clients {

  private static final int BUFFER = 1 << 20;

  private Clients() {}

  public static void main(String[] args) throws IOException {
    Counts counts = new Counts();
    Selector selector = Selector.open();
    int count = Integer.parseInt(args[1]);
    for (int i = 0; i < count; i++) {
      new Client(selector, Integer.parseInt(args[0]), counts, args[2], Integer.parseInt(args[3]));
    }
    Thread thread = new Thread(() -> run(selector), "clients");
    thread.setDaemon(true);
    thread.start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals("reset")) {
        counts.reset();
      }
      System.out.println(counts.line());
    }
  }

  private static void run(Selector selector) {
    ByteBuffer shared = ByteBuffer.allocateDirect(BUFFER);
    try {
      while (true) {
        selector.select();
        for (SelectionKey key : selector.selectedKeys()) {
          ((Client) key.attachment()).read(shared);
        }
        selector.selectedKeys().clear();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
