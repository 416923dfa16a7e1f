package io.millrace.source.foundry;

import io.millrace.source.config.Problems;
import io.millrace.source.push.Login;
import io.millrace.source.push.PushPosition;
import io.millrace.source.push.PushSetup;
import io.millrace.source.task.Reader;
import io.millrace.source.task.SourceKind;
import io.millrace.source.task.TaskSetup;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/** What Foundry brings to what all sources share. */
final class FoundryKind implements SourceKind {

  static final FoundryKind INSTANCE = new FoundryKind();

  private FoundryKind() {}

  @Override
  public ConfigDef keys() {
    return FoundryConfig.DEF;
  }

  @Override
  public String addressKey() {
    return FoundryConfig.URL;
  }

  @Override
  public Map<String, String> partition(Map<String, String> props) {
    return Map.of(FoundryConfig.URL, new FoundryConfig(props).url().toString());
  }

  @Override
  public void check(Map<String, String> props, Problems problems) {
    FoundryConfig.check(props, problems);
  }

  // Without the client's id: servers keep what they have for it, and the task may be connected.
  @Override
  public void probe(Map<String, String> props, Problems problems)
      throws IOException, InterruptedException {
    FoundryConfig config = new FoundryConfig(props);
    PushSetup setup = PushSetup.of(props, Clock.systemUTC());
    setup.probe(protocol(config, "", setup, Clock.systemUTC()), problems);
  }

  @Override
  public Reader open(TaskSetup task) {
    FoundryConfig config = new FoundryConfig(task.props());
    PushSetup setup = PushSetup.of(task.props(), task.clock());
    return setup.reader(
        config.url(), protocol(config, config.clientUuid(), setup, task.clock()), task);
  }

  private static FoundryProtocol protocol(
      FoundryConfig config, String clientUuid, PushSetup setup, Clock clock) {
    return new FoundryProtocol(
        FoundrySettings.of(config, clientUuid, setup.config(), setup.handshakeTimeout()),
        new FoundryEvents(config.url(), config.eventType(), clock),
        new Login(setup.calls().authorization()),
        System::nanoTime);
  }

  @Override
  public void checkOffset(Map<String, ?> offset) {
    PushPosition.check(offset);
  }

  /** What was sent while the task was away does not come again. */
  @Override
  public boolean exactlyOnce() {
    return false;
  }
}
