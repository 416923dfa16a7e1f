package io.millrace.source.task;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.ConnectorTransactionBoundaries;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** A source connector for one vendor; it has one task, for a vendor sends to one at a time. */
public abstract class EventSourceConnector extends SourceConnector {

  private final SourceKind kind;
  private Map<String, String> props = Map.of();

  protected EventSourceConnector(SourceKind kind) {
    this.kind = kind;
  }

  @Override
  public void start(Map<String, String> connectorProps) {
    props = Map.copyOf(connectorProps);
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return List.of(props);
  }

  @Override
  public void stop() {
    props = Map.of();
  }

  @Override
  public ConfigDef config() {
    return ConfigCheck.all(kind);
  }

  @Override
  public Config validate(Map<String, String> connectorProps) {
    Config config = super.validate(connectorProps);
    new ConfigCheck(kind, connectorProps, config).run();
    return config;
  }

  @Override
  public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorProps) {
    return kind.exactlyOnce() ? ExactlyOnceSupport.SUPPORTED : ExactlyOnceSupport.UNSUPPORTED;
  }

  @Override
  public ConnectorTransactionBoundaries canDefineTransactionBoundaries(
      Map<String, String> connectorProps) {
    return ConnectorTransactionBoundaries.SUPPORTED;
  }

  @Override
  public boolean alterOffsets(
      Map<String, String> connectorProps, Map<Map<String, ?>, Map<String, ?>> offsets) {
    Map<String, String> own = kind.partition(connectorProps);
    offsets.forEach(
        (partition, offset) -> {
          // One of an earlier configuration may be removed, but not moved.
          if (offset != null && !partition.equals(own)) {
            throw new ConnectException("This connector's partition is " + own);
          }
          if (offset != null) {
            kind.checkOffset(offset);
          }
        });
    return true;
  }

  @Override
  public String version() {
    return PluginVersion.get();
  }
}
