package io.millrace.emitter.task;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.sink.SinkConnector;

/** A sink connector of one type of emitter; every task gets the whole configuration. */
public abstract class EmitterConnector extends SinkConnector {

  private final EmitterKind kind;
  private Map<String, String> props = Map.of();

  protected EmitterConnector(EmitterKind kind) {
    this.kind = kind;
  }

  @Override
  public void start(Map<String, String> connectorProps) {
    props = Map.copyOf(connectorProps);
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return Collections.nCopies(maxTasks, props);
  }

  @Override
  public void stop() {
    props = Map.of();
  }

  @Override
  public ConfigDef config() {
    return kind.configDef();
  }

  @Override
  public Config validate(Map<String, String> connectorProps) {
    Config config = super.validate(connectorProps);
    new ConfigCheck(kind, connectorProps, config).run();
    return config;
  }

  @Override
  public String version() {
    return PluginVersion.get();
  }
}
