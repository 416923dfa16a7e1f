package io.millrace.gateway.acronis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.millrace.filter.audience.Audience;
import io.millrace.gateway.catalogue.AcronisTopic;
import io.millrace.gateway.catalogue.Catalogue;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.publicapi.BlockingWork;
import io.millrace.gateway.publicapi.Call;
import io.millrace.gateway.publicapi.PublicApi;
import io.millrace.gateway.publicapi.Route;
import io.millrace.model.acronis.AcronisEvent;
import io.millrace.model.kafka.MillraceTopics;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * {@code GET /publicapi/acronis/topics/{topic}/events/{sequence}/data}: the data of one event, for
 * which {@code data_ref} stands in events that are too large; in no envelope. Millrace's own.
 */
public final class EventData implements AutoCloseable {

  private static final int THREADS = 4;
  private static final int WAITING = 200;

  private final Supplier<Catalogue> catalogue;
  private final AcronisAccess access;
  private final Audience audience;
  private final OneEvent events;
  private final BlockingWork work = new BlockingWork("millrace-acronis-data", THREADS, WAITING);

  /**
   * Contacts nobody yet.
   *
   * @param clients settings that every Kafka client gets
   */
  public EventData(
      Supplier<Catalogue> catalogue,
      AcronisAccess access,
      Audience audience,
      Map<String, Object> clients,
      MillraceTopics topics) {
    this.catalogue = catalogue;
    this.access = access;
    this.audience = audience;
    this.events = new OneEvent(clients, topics);
  }

  public Route route() {
    return new Route("GET", "/acronis/topics/{topicId}/events/{sequence}/data", this::answer);
  }

  /** Where the data of an event is told, for whoever sent this request. */
  public static String url(Exchange exchange, String topicId, long sequence) {
    return "%s%s/acronis/topics/%s/events/%d/data"
        .formatted(exchange.base(), PublicApi.ROOT, topicId, sequence);
  }

  private CompletionStage<Reply> answer(Call call) {
    String id = call.path("topicId");
    AcronisTopic topic =
        catalogue
            .get()
            .acronisTopic(id)
            .orElseThrow(() -> HttpProblem.of(Trouble.NOT_FOUND, "topic_id", "is no topic: " + id));
    long sequence = sequence(call.path("sequence"));
    return work.run(
        () -> {
          AcronisEvent event =
              events
                  .read(topic.stream(), sequence)
                  .filter(found -> audience.of(found.event()).admits(call.principal().viewer()))
                  .orElseThrow(
                      () ->
                          HttpProblem.of(
                              Trouble.NOT_FOUND, "sequence", "is of no event: " + sequence));
          access.check(
              call.principal(), Objects.requireNonNull(AcronisEvent.tenant(event.event())));
          JsonNode data = event.data();
          return Reply.json(200, data == null ? NullNode.instance : data);
        });
  }

  private static long sequence(String text) {
    if (!text.matches("[1-9][0-9]{0,17}")) {
      throw HttpProblem.of(Trouble.MALFORMED, "sequence", "must be a whole number of at least 1");
    }
    return Long.parseLong(text);
  }

  @Override
  public void close() {
    work.close();
  }
}
