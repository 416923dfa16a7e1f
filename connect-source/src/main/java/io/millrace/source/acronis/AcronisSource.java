package io.millrace.source.acronis;

import io.millrace.source.config.Problems;
import io.millrace.source.http.Calls;
import io.millrace.source.task.Reader;
import io.millrace.source.task.SourceKind;
import io.millrace.source.task.TaskSetup;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.errors.ConnectException;

/** What Acronis brings to the connector and the task. */
final class AcronisSource implements SourceKind {

  private static final String PARTITION_URL = "url";
  private static final String PARTITION_SUBSCRIPTION = "subscription";

  @Override
  public ConfigDef keys() {
    return AcronisConfig.DEF;
  }

  @Override
  public String addressKey() {
    return AcronisConfig.URL;
  }

  @Override
  public Map<String, String> partition(Map<String, String> props) {
    AcronisConfig config = new AcronisConfig(props);
    return Map.of(
        PARTITION_URL, config.url().toString(), PARTITION_SUBSCRIPTION, config.subscription());
  }

  @Override
  public void check(Map<String, String> props, Problems problems) {
    AcronisConfig.check(props, problems);
  }

  @Override
  public void probe(Map<String, String> props, Problems problems)
      throws IOException, InterruptedException {
    AcronisConfig config = new AcronisConfig(props);
    Calls calls = Calls.of(props, config.credentials(), Clock.systemUTC());
    if (!calls.checkToken(problems)) {
      return;
    }
    EventManager manager = new EventManager(calls, config.url());
    HttpResponse<byte[]> answer = manager.stored(config.subscription());
    switch (answer.statusCode()) {
      case EventManager.OK -> {
        // As it should be.
      }
      case EventManager.NOT_FOUND -> {
        if (!config.wanted().create()) {
          problems.add(
              SubscriptionConfig.ID,
              "is not known to the Event Manager; %s true would create it"
                  .formatted(SubscriptionConfig.CREATE));
        }
      }
      case 403 ->
          problems.add(SubscriptionConfig.ID, "is not to be read with the credentials given");
      default -> throw manager.failure(answer, "looking for the subscription");
    }
  }

  @Override
  public Reader open(TaskSetup setup) {
    return new AcronisReader(new AcronisConfig(setup.props()), setup);
  }

  @Override
  public void checkOffset(Map<String, ?> offset) {
    if (AcronisPosition.read(offset) == null) {
      throw new ConnectException("an offset has an offset, and may have a sequence");
    }
  }

  @Override
  public boolean exactlyOnce() {
    return true;
  }
}
