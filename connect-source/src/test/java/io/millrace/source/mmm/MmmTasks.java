package io.millrace.source.mmm;

import static org.awaitility.Awaitility.await;

import io.millrace.source.TaskDriver;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.connect.source.SourceRecord;
import org.awaitility.core.ConditionFactory;

/** Tasks against a server, with short waits. */
final class MmmTasks {

  static final String SUBSCRIPTION = "ae92c852-43a7-4942-b274-29aa252c205b";

  private MmmTasks() {}

  static Map<String, String> props(MmmServer server) {
    Map<String, String> props = new HashMap<>();
    props.put("name", "mmm");
    props.put("stream", "mmm");
    for (String part : List.of("key", "value", "header")) {
      props.put(part + ".converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    }
    props.put("url", server.url());
    props.put("subscription.id", SUBSCRIPTION);
    props.put("start.after", "0");
    props.put("retry.backoff.ms", "20");
    props.put("retry.backoff.max.ms", "200");
    props.put("ack.interval.ms", "50");
    props.put("chunk.size", "10");
    return props;
  }

  static TaskDriver start(Map<String, String> props, Map<String, Object> offset) {
    return new TaskDriver(new MmmSourceTask(), props, offset);
  }

  static void acknowledge(TaskDriver task, List<SourceRecord> records) throws Exception {
    for (SourceRecord record : records) {
      task.acknowledge(record);
    }
  }

  static List<Long> ids(List<SourceRecord> records) {
    return records.stream().map(record -> (Long) record.sourceOffset().get("id")).toList();
  }

  static List<Long> range(long first, long last) {
    return LongStream.rangeClosed(first, last).boxed().toList();
  }

  static ConditionFactory eventually(String what) {
    return await(what).atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }
}
