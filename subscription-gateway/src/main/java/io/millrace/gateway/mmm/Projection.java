package io.millrace.gateway.mmm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.millrace.gateway.mmm.Selection.Leaf;
import io.millrace.gateway.stream.StreamedEvent;
import io.millrace.model.mmm.MmmEvent;
import java.io.ByteArrayOutputStream;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Writes chunks as a client wants them, straight to JSON; executing the operation once more for
 * each chunk says the same, only slower. Clients that select the same share a projection, and with
 * it the events that it has written lately. Safe for use by several threads.
 */
final class Projection {

  // Each event has one slot, which the next one that falls on it takes over.
  private static final int SLOTS = 256;
  private static final JsonStringEncoder JSON = JsonStringEncoder.getInstance();

  private final Selection selection;
  private final AtomicReferenceArray<@Nullable Written> written = new AtomicReferenceArray<>(SLOTS);

  Projection(Selection selection) {
    this.selection = selection;
  }

  /** An event as some list of fields has it; the log's time tells events of two logs apart. */
  private static final class Written {

    private final long id;
    private final long logged;
    private final List<Leaf> leaves;
    private final byte[] json;

    Written(StreamedEvent event, List<Leaf> leaves, byte[] json) {
      this.id = event.id();
      this.logged = event.logged();
      this.leaves = leaves;
      this.json = json;
    }

    boolean is(StreamedEvent event, List<Leaf> wanted) {
      return id == event.id() && logged == event.logged() && leaves.equals(wanted);
    }
  }

  /** The whole answer in UTF-8, with a gap that the client does not ask for as an extension. */
  byte[] write(Chunk chunk) {
    var json = new ByteArrayOutputStream(64 + 192 * chunk.events().size());
    add(json, "{\"data\":{\"" + selection.key() + "\":{");
    String comma = "";
    for (Selection.Part part : selection.parts()) {
      add(json, comma + "\"" + part.key() + "\":");
      comma = ",";
      if (part instanceof Selection.Events events) {
        events(json, chunk.events(), events.leaves());
      } else if (part instanceof Selection.Gap gap) {
        add(json, gap(chunk.gap(), gap.leaves()));
      } else {
        add(json, "\"" + Types.RESULT + "\"");
      }
    }
    add(json, "}}");
    Chunk.Gap gap = chunk.gap();
    if (gap != null && !selection.asksForGap()) {
      add(json, ",\"extensions\":{\"gap\":{\"first\":" + gap.first());
      add(json, ",\"last\":" + gap.last() + "}}");
    }
    add(json, "}");
    return json.toByteArray();
  }

  private void events(ByteArrayOutputStream json, List<StreamedEvent> events, List<Leaf> leaves) {
    json.write('[');
    boolean first = true;
    for (StreamedEvent event : events) {
      byte[] one = event(event, leaves);
      if (one.length > 0) {
        if (!first) {
          json.write(',');
        }
        first = false;
        json.writeBytes(one);
      }
    }
    json.write(']');
  }

  /** Empty for what is no event of MMM. */
  private byte[] event(StreamedEvent event, List<Leaf> leaves) {
    int slot = (int) event.id() & (SLOTS - 1);
    Written known = written.get(slot);
    if (known != null && known.is(event, leaves)) {
      return known.json;
    }
    NumberedEvent read = NumberedEvent.of(event);
    byte[] json = read == null ? new byte[0] : event(read, leaves).getBytes(UTF_8);
    written.set(slot, new Written(event, leaves, json));
    return json;
  }

  private static String event(NumberedEvent numbered, List<Leaf> leaves) {
    MmmEvent event = numbered.event();
    StringBuilder json = new StringBuilder(192).append('{');
    String comma = "";
    for (Leaf leaf : leaves) {
      key(json.append(comma), leaf.key());
      comma = ",";
      switch (leaf.field()) {
        case Types.ID -> json.append(numbered.id());
        case Types.TIMESTAMP -> text(json, DateTimeFormatter.ISO_INSTANT.format(event.timestamp()));
        case Types.ENTITY_ID -> text(json, event.entityId());
        case Types.ENTITY_TYPE -> text(json, event.entityType());
        case Types.PARENT_ID -> text(json, event.parentId());
        case Types.ENTITY_STATUS -> text(json, event.entityStatus().name());
        default -> text(json, Types.EVENT);
      }
    }
    return json.append('}').toString();
  }

  private static String gap(Chunk.@Nullable Gap gap, List<Leaf> leaves) {
    if (gap == null) {
      return "null";
    }
    StringBuilder json = new StringBuilder("{");
    String comma = "";
    for (Leaf leaf : leaves) {
      key(json.append(comma), leaf.key());
      comma = ",";
      switch (leaf.field()) {
        case Types.FIRST -> json.append(gap.first());
        case Types.LAST -> json.append(gap.last());
        default -> text(json, Types.GAP);
      }
    }
    return json.append('}').toString();
  }

  // What is not an event's is plain ASCII.
  private static void add(ByteArrayOutputStream json, String text) {
    json.writeBytes(text.getBytes(ISO_8859_1));
  }

  // Names of GraphQL need no escapes.
  private static StringBuilder key(StringBuilder json, String key) {
    return json.append('"').append(key).append("\":");
  }

  private static void text(StringBuilder json, @Nullable String text) {
    if (text == null) {
      json.append("null");
      return;
    }
    json.append('"');
    JSON.quoteAsString(text, json);
    json.append('"');
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Projection projection && selection.equals(projection.selection);
  }

  @Override
  public int hashCode() {
    return Objects.hash(selection);
  }
}
