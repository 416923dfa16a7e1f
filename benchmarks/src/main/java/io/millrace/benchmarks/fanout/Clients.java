package io.millrace.benchmarks.fanout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Thousands of clients in one thread, in a process of their own. Does what it is told on its
 * standard input, a line each: {@code open <count> <sample every> <port> <path> [authorization]},
 * {@code close <count>}, {@code freeze <count>}, {@code thaw}, {@code reset}, {@code count}.
 */
final class Clients {

  private static final int AT_ONCE = 64;

  private final Selector selector = Selector.open();
  private final Queue<String> commands = new ConcurrentLinkedQueue<>();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(512 << 10);
  private final Tallies tallies = new Tallies();
  private final Deque<String[]> toOpen = new ArrayDeque<>();
  private final Deque<SelectionKey> open = new ArrayDeque<>();
  private final List<SelectionKey> frozen = new ArrayList<>();
  private int opening;
  private int made;

  private Clients() throws IOException {}

  public static void main(String[] args) throws IOException {
    Clients clients = new Clients();
    Thread reader = new Thread(clients::readCommands, "commands");
    reader.setDaemon(true);
    reader.start();
    while (true) {
      clients.step();
    }
  }

  private void readCommands() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      String line = in.readLine();
      while (line != null) {
        commands.add(line);
        selector.wakeup();
        line = in.readLine();
      }
    } catch (IOException e) {
      System.err.println("no more commands: " + e);
    }
    System.exit(0);
  }

  private void step() throws IOException {
    selector.select(1_000);
    for (String command = commands.poll(); command != null; command = commands.poll()) {
      obey(command.split(" ", 6));
    }
    for (SelectionKey key : selector.selectedKeys()) {
      serve(key);
    }
    selector.selectedKeys().clear();
    while (opening < AT_ONCE && !toOpen.isEmpty()) {
      connect(toOpen.remove());
    }
  }

  private void obey(String[] words) throws IOException {
    switch (words[0]) {
      case "open" -> {
        for (int i = 0; i < Integer.parseInt(words[1]); i++) {
          toOpen.add(words);
        }
      }
      case "close" -> {
        for (int i = 0; i < Integer.parseInt(words[1]) && !open.isEmpty(); i++) {
          end(open.remove());
        }
      }
      case "freeze" -> {
        for (int i = 0; i < Integer.parseInt(words[1]) && !open.isEmpty(); i++) {
          SelectionKey key = open.remove();
          key.interestOps(0);
          frozen.add(key);
        }
      }
      case "thaw" -> {
        for (SelectionKey key : frozen) {
          key.interestOps(SelectionKey.OP_READ);
          open.add(key);
        }
        frozen.clear();
      }
      case "drop" -> {
        for (SelectionKey key : frozen) {
          end(key);
        }
        frozen.clear();
      }
      case "reset" -> tallies.reset();
      default -> {}
    }
    System.out.println(tallies.line());
  }

  private void end(SelectionKey key) throws IOException {
    key.cancel();
    key.channel().close();
    tallies.opened--;
  }

  private void connect(String[] words) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.SO_RCVBUF, 64 << 10);
    channel.configureBlocking(false);
    boolean sampled = made++ % Integer.parseInt(words[2]) == 0;
    Connection connection = new Connection(channel, tallies, sampled);
    channel.connect(new InetSocketAddress("127.0.0.1", Integer.parseInt(words[3])));
    channel.register(selector, SelectionKey.OP_CONNECT, new Opening(connection, List.of(words)));
    opening++;
  }

  /** A connection on its way, and how it is to be asked for. */
  private record Opening(Connection connection, List<String> words) {}

  private void serve(SelectionKey key) throws IOException {
    if (!key.isValid()) {
      return;
    }
    Connection connection =
        key.attachment() instanceof Opening begun
            ? begun.connection
            : (Connection) key.attachment();
    try {
      if (key.attachment() instanceof Opening begun) {
        connection.channel.finishConnect();
        connection.ask(begun.words[4], begun.words.length > 5 ? begun.words[5] : "");
        key.attach(connection);
        key.interestOps(SelectionKey.OP_READ);
      } else if (connection.take(buffer)) {
        opening--;
        tallies.opened++;
        open.add(key);
      }
    } catch (IOException e) {
      gone(key, connection, e);
    }
  }

  private void gone(SelectionKey key, Connection connection, IOException why) throws IOException {
    key.cancel();
    connection.channel.close();
    if (!connection.isOpen()) {
      opening--;
      tallies.refused++;
      if (tallies.refused <= 5) {
        System.err.println(why);
      }
      return;
    }
    open.remove(key);
    tallies.opened--;
    if (connection.closed()) {
      tallies.ended++;
    } else {
      tallies.broken++;
    }
  }
}
