package io.millrace.source.mmm;

import io.millrace.source.config.Problems;
import io.millrace.source.config.RetryConfig;
import io.millrace.source.task.Reader;
import io.millrace.source.task.SourceKind;
import io.millrace.source.task.TaskSetup;
import io.millrace.source.websocket.WebSocketConnection;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/** What MMM brings to the source that all vendors share. */
final class MmmKind implements SourceKind {

  @Override
  public ConfigDef keys() {
    return MmmConfig.DEF;
  }

  @Override
  public String addressKey() {
    return MmmConfig.URL;
  }

  // With the URL: another MMM has other numbers, and its events must not be dropped for these.
  @Override
  public Map<String, String> partition(Map<String, String> props) {
    MmmConfig config = new MmmConfig(props);
    return Map.of("url", config.urls().base().toString(), "subscription", config.subscriptionId());
  }

  @Override
  public void check(Map<String, String> props, Problems problems) {
    new MmmConfig(props).check(problems);
  }

  /** By HTTP, and by WebSocket up to the answer to who is there: nothing is subscribed to. */
  @Override
  public void probe(Map<String, String> props, Problems problems)
      throws IOException, InterruptedException {
    MmmLink link = new MmmLink(new MmmConfig(props), props, Clock.systemUTC());
    if (!link.calls().calls().checkToken(problems)) {
      return;
    }
    link.calls().status();
    String credentials = link.authorization().value();
    try (WebSocketConnection connection = link.open()) {
      link.session(connection).begin(credentials, link.timeout());
    } catch (UnauthorizedException e) {
      throw MmmCalls.unauthorized(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Reader open(TaskSetup setup) {
    MmmConfig config = new MmmConfig(setup.props());
    MmmLink link = new MmmLink(config, setup.props(), setup.clock());
    Long id = Position.read(setup.offset());
    Acknowledger acknowledger =
        new Acknowledger(
            link.calls()::acknowledge,
            id == null ? 0 : id,
            config.ackEvents(),
            config.ackInterval(),
            new RetryConfig(setup.props()).backoff(setup.random()),
            "millrace-source-" + setup.connector() + "-acks");
    return new MmmReader(config, link, setup, acknowledger);
  }

  @Override
  public void checkOffset(Map<String, ?> offset) {
    Position.check(offset);
  }

  @Override
  public boolean exactlyOnce() {
    return true;
  }

  /**
   * Removes the subscription from MMM, if the configuration wants that upon a reset of offsets.
   *
   * @throws ConnectException if that fails, for whatever reason
   */
  void unsubscribe(Map<String, String> props) {
    MmmConfig config = new MmmConfig(props);
    if (!config.unsubscribes()) {
      return;
    }
    try {
      new MmmLink(config, props, Clock.systemUTC()).calls().unsubscribe();
    } catch (IOException e) {
      throw failed(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(e);
    }
  }

  private static ConnectException failed(@Nullable Exception cause) {
    return new ConnectException("The subscription could not be removed from MMM", cause);
  }
}
