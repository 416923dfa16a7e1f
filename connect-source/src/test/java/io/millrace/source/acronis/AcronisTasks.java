package io.millrace.source.acronis;

import io.millrace.source.TaskDriver;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/** Tasks of the source against a server, and what they bring. */
final class AcronisTasks {

  static final String SUBSCRIPTION = "fd02a25c-fcb0-42a0-a5ce-56c1131db356";

  private AcronisTasks() {}

  static Map<String, String> props(AcronisServer server) {
    Map<String, String> props = new HashMap<>();
    props.put("name", "acronis");
    props.put("stream", "acronis");
    for (String part : List.of("key", "value", "header")) {
      props.put(part + ".converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    }
    props.put("url", server.url());
    props.put("subscription.id", SUBSCRIPTION);
    props.put("poll.timeout.ms", "1000");
    props.put("poll.limit", "10");
    props.put("retry.backoff.ms", "10");
    return props;
  }

  static TaskDriver start(Map<String, String> props) {
    return new TaskDriver(new AcronisSourceTask(), props, null);
  }

  /** An attribute, or with {@code content-type} that header. */
  static String header(SourceRecord record, String name) {
    var header = record.headers().lastWithName(name.contains("-") ? name : "ce_" + name);
    return header == null ? null : new String((byte[]) header.value(), StandardCharsets.UTF_8);
  }

  static String value(SourceRecord record) {
    return new String((byte[]) record.value(), StandardCharsets.UTF_8);
  }

  static List<String> values(List<SourceRecord> records) {
    return records.stream().map(AcronisTasks::value).toList();
  }
}
