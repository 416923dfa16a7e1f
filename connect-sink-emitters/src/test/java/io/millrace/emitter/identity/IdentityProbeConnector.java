package io.millrace.emitter.identity;

import io.millrace.emitter.task.EmitterIdentities;
import io.millrace.emitter.task.IdentityConfig;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkRecord;
import org.apache.kafka.connect.sink.SinkTask;

/** Keeps for the test what its task has for an identity, by the connector's name. */
public final class IdentityProbeConnector extends SinkConnector {

  static final Map<String, Object> SEEN = new ConcurrentHashMap<>();

  private Map<String, String> props = Map.of();

  @Override
  public void start(Map<String, String> connectorProps) {
    props = connectorProps;
  }

  @Override
  public Class<? extends Task> taskClass() {
    return ProbeTask.class;
  }

  @Override
  public List<Map<String, String>> taskConfigs(int maxTasks) {
    return List.of(props);
  }

  @Override
  public void stop() {}

  @Override
  public ConfigDef config() {
    return IdentityConfig.addTo(new ConfigDef());
  }

  @Override
  public String version() {
    return "test";
  }

  /** Looks as often as Connect calls it. */
  public static final class ProbeTask extends SinkTask {

    private String name = "";
    private EmitterIdentities identities;

    @Override
    public void start(Map<String, String> props) {
      name = props.get("name");
      identities = EmitterIdentities.open(props, Clock.systemUTC());
      put(List.of());
    }

    @Override
    public void put(Collection<SinkRecord> records) {
      identities
          .of(null)
          .current()
          .whenComplete(
              (identity, failure) ->
                  SEEN.put(name, failure == null ? identity.orElseThrow() : failure));
      context.timeout(50);
    }

    @Override
    public void stop() {
      identities.close();
    }

    @Override
    public String version() {
      return "test";
    }
  }
}
