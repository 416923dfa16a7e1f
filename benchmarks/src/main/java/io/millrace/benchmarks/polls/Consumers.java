package io.millrace.benchmarks.polls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;

/**
 * Consumers that poll, each on a connection of its own, in a process of their own with one thread.
 * Each asks again as soon as it is answered. At the end of the input it tells what it has seen.
 */
final class Consumers {

  private static final Pattern OFFSET = Pattern.compile("\"offset\":(\\d+)");
  private static final Pattern SENT = Pattern.compile("\"sent\":\"?(\\d+)");

  private final int port;
  private final Selector selector = Selector.open();
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(64 * 1024);
  private final Histogram wake = new Histogram(2);
  private long events;
  private long others;

  private Consumers(int port) throws IOException {
    this.port = port;
  }

  /** Takes the port and how many consumers; the subscriptions' ids come from their numbers. */
  public static void main(String[] args) throws IOException {
    Consumers consumers = new Consumers(Integer.parseInt(args[0]));
    int count = Integer.parseInt(args[1]);
    for (int i = 0; i < count; i++) {
      consumers.connect(i);
    }
    System.out.println("asked");
    while (System.in.available() == 0) {
      consumers.serve();
    }
    System.out.printf(
        Locale.ROOT,
        "%,d events in answers, %,d other answers, published -> received p50 %.0f p99 %.0f max"
            + " %.0f ms%n",
        consumers.events,
        consumers.others,
        consumers.wake.getValueAtPercentile(50) / 1e6,
        consumers.wake.getValueAtPercentile(99) / 1e6,
        consumers.wake.getMaxValue() / 1e6);
  }

  private void connect(int number) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.configureBlocking(false);
    ask(channel, number, "");
    channel.register(selector, SelectionKey.OP_READ, number);
  }

  private void ask(SocketChannel channel, int number, String offset) throws IOException {
    String request =
        "GET /api/event_manager/v1/events?consumer_id=one&timeout=PT30S&subscription_id="
            + WaitingLoad.id(number)
            + offset
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
            + WaitingLoad.ADMIN
            + "\r\n\r\n";
    ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void serve() throws IOException {
    selector.select(100);
    for (SelectionKey key : selector.selectedKeys()) {
      SocketChannel channel = (SocketChannel) key.channel();
      buffer.clear();
      // Answers are small, so they come in one piece.
      if (channel.read(buffer) < 0) {
        throw new IOException("the gateway has closed a connection");
      }
      take(US_ASCII.decode(buffer.flip()).toString(), channel, (Integer) key.attachment());
    }
    selector.selectedKeys().clear();
  }

  private void take(String answer, SocketChannel channel, int number) throws IOException {
    long now = System.nanoTime();
    Matcher sent = SENT.matcher(answer);
    boolean any = false;
    while (sent.find()) {
      any = true;
      events++;
      wake.recordValue(Math.max(0, now - Long.parseLong(sent.group(1))));
    }
    if (!any) {
      others++;
    }
    Matcher offset = OFFSET.matcher(answer);
    ask(channel, number, offset.find() ? "&offset=" + offset.group(1) : "");
  }
}
