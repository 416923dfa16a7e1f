package io.millrace.source.des;

import io.millrace.source.config.Problems;
import io.millrace.source.push.Login;
import io.millrace.source.push.PushPosition;
import io.millrace.source.push.PushSetup;
import io.millrace.source.task.Reader;
import io.millrace.source.task.SourceKind;
import io.millrace.source.task.TaskSetup;
import java.io.IOException;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/** What DES brings to what all sources share. */
final class DesKind implements SourceKind {

  static final DesKind INSTANCE = new DesKind();

  private DesKind() {}

  @Override
  public ConfigDef keys() {
    return DesConfig.DEF;
  }

  @Override
  public String addressKey() {
    return DesConfig.URL;
  }

  @Override
  public Map<String, String> partition(Map<String, String> props) {
    return Map.of(DesConfig.URL, new DesConfig(props).url().toString());
  }

  @Override
  public void check(Map<String, String> props, Problems problems) {}

  // Without the client's id, which names the task's session.
  @Override
  public void probe(Map<String, String> props, Problems problems)
      throws IOException, InterruptedException {
    DesConfig config = new DesConfig(props);
    PushSetup setup = PushSetup.of(props, Clock.systemUTC());
    setup.probe(protocol(config, product(config), setup), problems);
  }

  @Override
  public Reader open(TaskSetup task) {
    DesConfig config = new DesConfig(task.props());
    PushSetup setup = PushSetup.of(task.props(), task.clock());
    Map<String, String> query = product(config);
    query.put("clientId", config.clientId());
    return setup.reader(config.url(), protocol(config, query, setup), task);
  }

  private static Map<String, String> product(DesConfig config) {
    Map<String, String> query = new HashMap<>();
    query.put("name", config.clientName());
    query.put("version", config.clientVersion());
    return query;
  }

  private static DesProtocol protocol(
      DesConfig config, Map<String, String> query, PushSetup setup) {
    return new DesProtocol(
        DesSettings.of(config, query, setup.config(), setup.handshakeTimeout()),
        new Login(setup.calls().authorization()),
        System::nanoTime);
  }

  @Override
  public void checkOffset(Map<String, ?> offset) {
    PushPosition.check(offset);
  }

  /** A server need not be able to send again what was sent while the task was away. */
  @Override
  public boolean exactlyOnce() {
    return false;
  }
}
