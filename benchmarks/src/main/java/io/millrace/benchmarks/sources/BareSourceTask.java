package io.millrace.benchmarks.sources;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.jspecify.annotations.Nullable;

/** Records without headers, made of nothing. */
public final class BareSourceTask extends SourceTask {

  private static final int BATCH = 2_000;

  private int left;
  private byte[] value = {};
  private String topic = "";

  @Override
  public void start(Map<String, String> props) {
    left = Integer.parseInt(props.getOrDefault(BareSourceConnector.EVENTS, "0"));
    value = new byte[Integer.parseInt(props.getOrDefault(BareSourceConnector.BYTES, "0"))];
    topic = props.getOrDefault(BareSourceConnector.TOPIC, "");
  }

  @Override
  public @Nullable List<SourceRecord> poll() throws InterruptedException {
    if (left <= 0) {
      Thread.sleep(100);
      return null;
    }
    List<SourceRecord> records = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH && left > 0; i++, left--) {
      records.add(
          new SourceRecord(
              Map.of("p", "bare"), Map.of("o", left), topic, null, Schema.BYTES_SCHEMA, value));
    }
    return records;
  }

  @Override
  public void stop() {}

  @Override
  public String version() {
    return "1";
  }
}
