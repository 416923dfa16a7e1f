package io.millrace.source.acronis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.millrace.model.acronis.AcronisAttributes;
import io.millrace.model.acronis.AcronisEventReader;
import io.millrace.model.emitter.Problem;
import io.millrace.source.task.Incoming;
import io.millrace.source.task.TaskSetup;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes CloudEvents of a page, without those that came before. */
final class EventReading {

  private static final Set<String> KNOWN = known();

  private final TaskSetup setup;
  private final @Nullable DataRefs dataRefs;

  /**
   * For one task.
   *
   * @param dataRefs null if data that is elsewhere stays there
   */
  EventReading(TaskSetup setup, @Nullable DataRefs dataRefs) {
    this.setup = setup;
    this.dataRefs = dataRefs;
  }

  /** What a page has that is new, and where it leads. */
  record Taken(List<Incoming> events, AcronisPosition next) {}

  /**
   * Takes a page.
   *
   * @param from where the poll was asked from
   * @throws IOException if data could not be fetched for a reason that passes
   */
  Taken take(Page page, AcronisPosition from) throws IOException, InterruptedException {
    List<CloudEvent> events = new ArrayList<>();
    List<AcronisPosition> places = new ArrayList<>();
    Long last = from.sequence();
    for (JsonNode node : page.events()) {
      JsonNode sequence = node.path("sequence");
      boolean placed = sequence.isIntegralNumber() && sequence.canConvertToLong();
      if (placed && last != null && sequence.longValue() <= last) {
        setup.tally().duplicates(1);
        continue;
      }
      last = placed ? Long.valueOf(sequence.longValue()) : last;
      CloudEvent event = event(node);
      if (event != null) {
        events.add(dataRefs == null ? event : dataRefs.resolve(event));
        places.add(new AcronisPosition(from.offset(), last));
      }
    }
    AcronisPosition next = new AcronisPosition(page.offset(), last);
    List<Incoming> taken = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      AcronisPosition place = i == events.size() - 1 ? next : places.get(i);
      taken.add(new Incoming(events.get(i), place.map()));
    }
    return new Taken(taken, next);
  }

  private @Nullable CloudEvent event(JsonNode node) {
    String place = node.path("sequence").asText("none");
    List<Problem> problems = new ArrayList<>();
    CloudEvent event = AcronisEventReader.read(lenient(node), "", problems);
    if (event == null) {
      String what =
          problems.stream().map(Problem::toString).distinct().collect(Collectors.joining("; "));
      setup.malformed("The event with sequence %s cannot be read: %s".formatted(place, what));
    }
    return event;
  }

  /** What a later version of the vendor's API adds does not make an event unreadable. */
  private static JsonNode lenient(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    object.retain(KNOWN);
    return object;
  }

  private static Set<String> known() {
    Set<String> known = new HashSet<>(AcronisAttributes.BY_PROPERTY.keySet());
    known.add(AcronisAttributes.DATA);
    return Set.copyOf(known);
  }
}
