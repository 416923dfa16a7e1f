package io.millrace.source.push;

import java.io.IOException;
import java.time.Duration;

/**
 * What is said on one connection, from its handshake to its end; made anew for each. For one
 * thread, which reads the connection.
 */
public interface Conversation {

  /**
   * Says what is due by now, such as the first words or a ping.
   *
   * @return how long until something is due again, or an answer is overdue; above zero
   */
  Duration speak();

  /**
   * Understands a message, and tells the {@link Reception} what it means.
   *
   * @throws IOException if the connection has to be made anew
   * @throws org.apache.kafka.connect.errors.ConnectException if a person is needed
   */
  void hear(String message) throws IOException, InterruptedException;

  /**
   * Nothing waits to be heard.
   *
   * @param reading since when the connection was read without a pause, in nanoseconds of the clock
   *     that the conversation goes by; while it is not read no answer is overdue
   * @throws IOException if an answer is overdue
   */
  void miss(long reading) throws IOException;
}
