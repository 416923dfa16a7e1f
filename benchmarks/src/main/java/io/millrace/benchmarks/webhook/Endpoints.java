package io.millrace.benchmarks.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Webhook endpoints on loopback, each on a port of its own and all served by one thread that does
 * as little as can be, so that what is measured is the client. The first so many of them are dead:
 * they take requests and never answer.
 */
final class Endpoints implements AutoCloseable {

  private record Due(long nanos, Posts posts, int count) {}

  private final Selector selector = Selector.open();
  private final List<ServerSocketChannel> listeners = new ArrayList<>();
  private final Queue<Due> answers = new ArrayDeque<>();
  private final Thread thread = new Thread(this::serve, "endpoints");
  private volatile @Nullable Run run;
  private volatile long latencyNanos;
  private volatile int dead;
  private volatile boolean closed;

  Endpoints(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      ServerSocketChannel listener = ServerSocketChannel.open();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
      listener.configureBlocking(false);
      listener.register(selector, SelectionKey.OP_ACCEPT, i);
      listeners.add(listener);
    }
    thread.setDaemon(true);
    thread.start();
  }

  URI url(int endpoint) throws IOException {
    int port = ((InetSocketAddress) listeners.get(endpoint).getLocalAddress()).getPort();
    return URI.create("http://127.0.0.1:" + port + "/events");
  }

  int count() {
    return listeners.size();
  }

  /** From now on answers come so long after requests, and events belong to this run. */
  void begin(Run next, Duration latency, int deadEndpoints) {
    latencyNanos = latency.toNanos();
    dead = deadEndpoints;
    run = next;
  }

  /** A run of its own in between, with all endpoints alive and at once; then as before. */
  void aside(Run other, Sending sending) throws IOException, InterruptedException {
    Run before = run;
    long latencyBefore = latencyNanos;
    int deadBefore = dead;
    begin(other, Duration.ZERO, 0);
    sending.send();
    run = before;
    latencyNanos = latencyBefore;
    dead = deadBefore;
  }

  /** What sends the events of a run and waits for them. */
  @FunctionalInterface
  interface Sending {
    void send() throws IOException, InterruptedException;
  }

  /** The thread that answers, whose work is not the client's. */
  long threadId() {
    return thread.getId();
  }

  @Override
  public void close() throws IOException {
    closed = true;
    selector.wakeup();
    for (ServerSocketChannel listener : listeners) {
      listener.close();
    }
  }

  private void serve() {
    while (!closed) {
      try {
        Due next = answers.peek();
        if (next == null) {
          selector.select();
        } else {
          long wait = next.nanos() - System.nanoTime();
          if (wait > 1_000_000) {
            selector.select(wait / 1_000_000);
          } else {
            selector.selectNow();
          }
        }
        take();
        answer();
      } catch (IOException e) {
        throw new IllegalStateException("the endpoints have failed", e);
      }
    }
  }

  private void take() throws IOException {
    Iterator<SelectionKey> keys = selector.selectedKeys().iterator();
    while (keys.hasNext()) {
      SelectionKey key = keys.next();
      keys.remove();
      if (!key.isValid()) {
        continue;
      }
      if (key.channel() instanceof ServerSocketChannel listener) {
        accept(listener, (Integer) key.attachment());
      } else if (key.attachment() instanceof Posts posts) {
        int count = posts.read(posts.endpoint() < dead ? null : run);
        if (count < 0) {
          key.channel().close();
        } else if (count > 0 && posts.endpoint() >= dead) {
          answers.add(new Due(System.nanoTime() + latencyNanos, posts, count));
        }
      }
    }
  }

  private void accept(ServerSocketChannel listener, int endpoint) throws IOException {
    SocketChannel channel = listener.accept();
    if (channel != null) {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.register(selector, SelectionKey.OP_READ, new Posts(channel, endpoint));
    }
  }

  private void answer() {
    long now = System.nanoTime();
    for (Due due = answers.peek(); due != null && due.nanos() <= now; due = answers.peek()) {
      answers.remove();
      due.posts().answer(due.count());
    }
  }
}
