package io.millrace.emitter.filter;

import io.cloudevents.CloudEvent;
import io.millrace.emitter.task.RecordReader;
import io.millrace.filter.event.EventView;
import io.millrace.filter.event.UnreadableDataException;
import io.millrace.model.event.UnreadableEventException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * What an expression can name of a record:
 *
 * <ul>
 *   <li>{@code data}: of a CloudEvent its data if that is JSON, else null; of any other record its
 *       value, as {@link FeelValues} has it;
 *   <li>the fields of {@code data}, if it has fields; they win over the names below;
 *   <li>{@code event}: the attributes of a CloudEvent, such as {@code event.type}; null for any
 *       other record;
 *   <li>{@code record}: {@code record.topic}, {@code record.partition} and {@code record.timestamp}
 *       (a date and time), each null if it is not set, {@code record.key}, and {@code
 *       record.headers}, where the last header of a name counts. Keys and headers are read like
 *       values.
 * </ul>
 */
final class RecordVariables {

  static final String DATA = "data";
  static final String EVENT = "event";
  static final String RECORD = "record";

  private final boolean withRecord;

  /**
   * The variables of some records.
   *
   * @param withRecord whether {@code record} is among them
   */
  RecordVariables(boolean withRecord) {
    this.withRecord = withRecord;
  }

  /**
   * The variables of one record, as plain values.
   *
   * @throws UnreadableEventException if it calls itself a CloudEvent and is none
   * @throws UnreadableDataException if it is a CloudEvent with data that calls itself JSON and is
   *     not, or has values beyond bounds
   */
  Map<String, @Nullable Object> of(ConnectRecord<?> record)
      throws UnreadableEventException, UnreadableDataException {
    Map<String, @Nullable Object> variables = new HashMap<>();
    if (withRecord) {
      variables.put(RECORD, surroundings(record));
    }
    Object data;
    if (RecordReader.isEvent(record)) {
      CloudEvent event = RecordReader.event(record);
      EventView view = new EventView(event);
      variables.put(EVENT, view.attributes());
      data = view.data();
    } else {
      variables.put(EVENT, null);
      data = FeelValues.of(record.valueSchema(), record.value());
    }
    variables.put(DATA, data);
    if (data instanceof Map<?, ?> fields) {
      fields.forEach((name, value) -> variables.put(String.valueOf(name), value));
    }
    return variables;
  }

  private static Map<String, @Nullable Object> surroundings(ConnectRecord<?> record)
      throws UnreadableDataException {
    Map<String, @Nullable Object> headers = new HashMap<>();
    for (Header header : record.headers()) {
      headers.put(header.key(), FeelValues.of(header.schema(), header.value()));
    }
    Map<String, @Nullable Object> around = new HashMap<>();
    Integer partition = record.kafkaPartition();
    Long timestamp = record.timestamp();
    around.put("topic", record.topic());
    around.put("partition", partition == null ? null : BigDecimal.valueOf(partition));
    around.put(
        "timestamp",
        timestamp == null ? null : Instant.ofEpochMilli(timestamp).atZone(ZoneOffset.UTC));
    around.put("key", FeelValues.of(record.keySchema(), record.key()));
    around.put("headers", headers);
    return around;
  }
}
