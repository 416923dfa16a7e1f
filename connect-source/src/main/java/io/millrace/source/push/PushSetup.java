package io.millrace.source.push;

import io.millrace.source.config.ConnectionConfig;
import io.millrace.source.config.IdentityConfig;
import io.millrace.source.config.Problems;
import io.millrace.source.http.Calls;
import io.millrace.source.http.HttpClients;
import io.millrace.source.task.TaskSetup;
import io.millrace.source.websocket.HandshakeRefusedException;
import io.millrace.source.websocket.WebSocketClient;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * What both a task and a check of a configuration are made of.
 *
 * @param calls requests to the vendor with the configured identity
 * @param handshakeTimeout of one handshake
 */
public record PushSetup(
    PushConfig config, Opening opening, Calls calls, Duration handshakeTimeout) {

  /** By configuration; connects to nothing yet. */
  public static PushSetup of(Map<String, String> props, Clock clock) {
    PushConfig config = new PushConfig(props);
    Calls calls = Calls.of(props, IdentityConfig.read(props), clock);
    ConnectionConfig connection = new ConnectionConfig(props);
    return new PushSetup(
        config,
        new Opening(
            new WebSocketClient(HttpClients.of(connection)), config.limits(), calls.pause()),
        calls,
        connection.requestTimeout());
  }

  /** The reader of a task. */
  public PushReader reader(URI source, PushProtocol protocol, TaskSetup task) {
    return new PushReader(opening, protocol, new Arrivals(source, config, task, System::nanoTime));
  }

  /**
   * Connects once, to see whether that works.
   *
   * @throws IOException if it does not work now
   * @throws org.apache.kafka.connect.errors.ConnectException if a person is needed
   */
  public void probe(PushProtocol protocol, Problems problems)
      throws IOException, InterruptedException {
    if (!calls.checkToken(problems)) {
      return;
    }
    try {
      opening.open(protocol, null).close();
    } catch (HandshakeRefusedException e) {
      // A fresh token may do.
      opening.open(protocol, null).close();
    }
  }
}
