package io.millrace.standalone.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The endpoint of the sample webhook: prints a line for each event that is posted to it. */
final class DemoReceiver implements AutoCloseable {

  private static final int LONGEST_BODY = 4096;

  private final HttpServer server;
  private final PrintStream out;

  DemoReceiver(PrintStream out) throws IOException {
    this.out = out;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::take);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body =
          new String(exchange.getRequestBody().readNBytes(LONGEST_BODY), StandardCharsets.UTF_8);
      out.printf(
          "webhook received %s on %s: %s%n",
          exchange.getRequestHeaders().getFirst("ce-type"),
          exchange.getRequestHeaders().getFirst("ce-topicpath"),
          body);
      exchange.sendResponseHeaders(204, -1);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
