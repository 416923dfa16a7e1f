package io.millrace.gateway;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.filter.audience.Audience;
import io.millrace.gateway.foundry.kept.ClientBook;
import io.millrace.gateway.foundry.kept.KeptReader;
import io.millrace.gateway.foundry.socket.FoundrySockets;
import io.millrace.gateway.http.RequestAuthenticator;
import io.millrace.gateway.http.socket.SocketMount;
import io.millrace.gateway.ingest.foundry.ServerEventPublisher;
import io.millrace.gateway.live.LiveSessions;
import io.millrace.model.event.TopicPath;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** What Foundry's WebSocket is made of. */
final class FoundryParts implements AutoCloseable {

  private final ClientBook book;
  private final KeptReader reader;
  private final FoundrySockets sockets;

  /**
   * Begins to read what clients have not acknowledged.
   *
   * @throws GatewayStartException if Kafka does not take the topic of it
   * @throws InterruptedException if interrupted while the broker works
   */
  FoundryParts(
      GatewayConfig config,
      Admin admin,
      RequestAuthenticator authenticator,
      ServerEventPublisher publisher,
      LiveSessions live,
      Audience audience,
      Predicate<TopicPath> clientOnly,
      MeterRegistry registry)
      throws GatewayStartException, InterruptedException {
    Clock clock = Clock.systemUTC();
    try {
      book = ClientBook.start(config.keep(), config.clients(), config.topics(), admin, clock);
    } catch (KafkaException e) {
      throw new GatewayStartException(
          "The gateway cannot keep in Kafka what Foundry's clients have: " + e.getMessage(), e);
    }
    reader = new KeptReader(config.clients(), config.topics());
    sockets =
        new FoundrySockets(
            config.foundrySockets(),
            config.keep(),
            authenticator,
            publisher,
            live,
            book,
            reader,
            audience,
            clientOnly,
            registry,
            clock,
            () -> UUID.randomUUID().toString());
  }

  List<SocketMount> mounts() {
    return sockets.mounts();
  }

  /** To be called when all sockets are closed, before live sessions are. */
  @Override
  public void close() {
    sockets.close();
    reader.close();
    book.close();
  }
}
