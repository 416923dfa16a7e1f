package io.millrace.benchmarks.fanout;

/** A server whose clients all want the same events. */
interface Contender extends AutoCloseable {

  String name();

  int port();

  /** The path of a client that wants the events, or wants none of them. */
  String path(boolean wants);

  /** What a client shows; empty for nothing. */
  String authorization();

  /** Publishes as many events; each bears the time and its number. */
  void publish(int count);

  @Override
  void close();
}
