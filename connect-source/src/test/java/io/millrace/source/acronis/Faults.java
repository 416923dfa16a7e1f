package io.millrace.source.acronis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.concurrent.CountDownLatch;

/** What can go wrong with the answer to a poll. */
final class Faults {

  /** The connection breaks when half of the answer is there. */
  static final AcronisServer.Fault CUT_IN_MID_ANSWER =
      (exchange, body) -> {
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body, 0, body.length / 2);
        exchange.getResponseBody().flush();
      };

  /** Something in between answers with a page of its own. */
  static final AcronisServer.Fault NO_JSON =
      (exchange, body) -> AcronisServer.send(exchange, 200, "<html>oops</html>".getBytes(UTF_8));

  private Faults() {}

  static AcronisServer.Fault status(int status) {
    return (exchange, body) -> AcronisServer.error(exchange, status, "trouble");
  }

  /** Half of the answer, and then nothing until the latch opens. */
  static AcronisServer.Fault slow(CountDownLatch open) {
    return (exchange, body) -> {
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body, 0, body.length / 2);
      exchange.getResponseBody().flush();
      open.await();
    };
  }
}
