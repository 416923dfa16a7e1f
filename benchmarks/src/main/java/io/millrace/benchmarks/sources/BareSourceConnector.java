package io.millrace.benchmarks.sources;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.SourceConnector;

/** The ceiling: hands Connect the same record as often as it can. */
public final class BareSourceConnector extends SourceConnector {

  static final String EVENTS = "bare.events";
  static final String BYTES = "bare.bytes";
  static final String TOPIC = "bare.topic";

  private Map<String, String> props = Map.of();

  @Override
  public void start(Map<String, String> given) {
    props = given;
  }

  @Override
  public Class<? extends Task> taskClass() {
    return BareSourceTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return List.of(props);
  }

  @Override
  public void stop() {}

  @Override
  public ConfigDef config() {
    return new ConfigDef();
  }

  @Override
  public String version() {
    return "1";
  }
}
