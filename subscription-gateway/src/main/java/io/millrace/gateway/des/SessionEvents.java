package io.millrace.gateway.des;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.core.data.BytesCloudEventData;
import io.millrace.gateway.http.RequestJson;
import io.millrace.gateway.ingest.EventLog;
import io.millrace.gateway.ingest.IngestConfig;
import io.millrace.gateway.ingest.Outcome;
import io.millrace.gateway.ingest.StreamEvent;
import io.millrace.gateway.ingest.StreamTable;
import io.millrace.model.event.Extensions;
import io.millrace.model.event.TopicPath;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Events about sessions, on the topic {@value #TOPIC}: {@code WebSessionStarted} when one has
 * begun, {@code WebSessionTerminate} when the gateway ends one, {@code WebSessionClosed} when one
 * is gone, whoever has ended it.
 */
final class SessionEvents {

  static final String TOPIC = "websession";
  static final String STARTED = "WebSessionStarted";
  static final String TERMINATE = "WebSessionTerminate";
  static final String CLOSED = "WebSessionClosed";
  static final String GAP = "WebSessionGap";

  private static final Logger LOG = LoggerFactory.getLogger(SessionEvents.class);

  private final DesConfig config;
  private final StreamTable streams;
  private final IngestConfig ingest;
  private final EventLog log;
  private final Clock clock;
  private final Supplier<String> ids;

  SessionEvents(
      DesConfig config,
      StreamTable streams,
      IngestConfig ingest,
      EventLog log,
      Clock clock,
      Supplier<String> ids) {
    this.config = config;
    this.streams = streams;
    this.ingest = ingest;
    this.log = log;
    this.clock = clock;
    this.ids = ids;
  }

  ObjectNode data() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** An event about the session of somebody. */
  CloudEvent event(String type, Client client, ObjectNode data) {
    CloudEventBuilder event =
        CloudEventBuilder.v1()
            .withId(ids.get())
            .withSource(source())
            .withType(type)
            .withTime(OffsetDateTime.now(clock))
            .withDataContentType("application/json")
            .withData(BytesCloudEventData.wrap(RequestJson.write(data)))
            .withExtension(Extensions.TOPIC_PATH, TOPIC)
            .withExtension(Extensions.USER, client.user())
            .withExtension(Extensions.IP, client.ip());
    if (client.app() != null) {
      event.withExtension(Extensions.APP, client.app());
    }
    if (client.tenant() != null) {
      event.withExtension(Extensions.TENANT_ID, client.tenant());
    }
    return event.build();
  }

  private URI source() {
    try {
      return new URI(config.source());
    } catch (URISyntaxException e) {
      return URI.create("millrace");
    }
  }

  /** Lets others know; that it cannot be written is no reason to refuse a session. */
  void publish(CloudEvent event) {
    if (!config.sessionEvents()) {
      return;
    }
    streams
        .choose(TopicPath.parse(TOPIC), ingest.cloudEventsStream())
        .ifPresentOrElse(
            stream -> {
              CompletionStage<List<Outcome>> unused =
                  log.append(List.of(new StreamEvent(stream, event)))
                      .whenComplete((outcomes, failure) -> check(outcomes, failure));
            },
            () -> LOG.debug("No stream takes the topic {}", TOPIC));
  }

  private static void check(List<Outcome> outcomes, Throwable failure) {
    if (failure != null || outcomes.get(0) instanceof Outcome.Failed) {
      LOG.warn("An event about a WebSocket session was not published");
    }
  }
}
