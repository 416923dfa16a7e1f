package io.millrace.emitter;

import static io.millrace.emitter.EmitterWorker.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.emitter.webhook.WebhookEmitterConnector;
import io.millrace.fixtures.ConnectProcess;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.PluginZip;
import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.EmitterStatus.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The schedule of retries outlives the process that began it. */
class RetryScheduleIT {

  private static final int WORKERS = 3;

  @TempDir private Path folder;
  private final List<ConnectProcess> workers = new ArrayList<>();
  private SharedEmitters emitters;

  @BeforeEach
  void start() throws Exception {
    Path plugins = folder.resolve("plugins");
    PluginZip.unpack(Path.of(System.getProperty("millrace.plugin.zip")), plugins);
    String bootstrap = KafkaFixture.shared().bootstrapServers();
    emitters = new SharedEmitters(bootstrap);
    String group = KafkaFixture.uniqueName("workers");
    for (int i = 0; i < WORKERS; i++) {
      workers.add(
          ConnectProcess.start(bootstrap, plugins, group, folder.resolve("worker-" + i + ".log")));
    }
  }

  @AfterEach
  void stop() {
    workers.forEach(ConnectProcess::close);
    emitters.close();
  }

  @Test
  void goesOnWhereAKilledWorkerWas() throws Exception {
    String name = KafkaFixture.uniqueName("retry");
    try (Receiver receiver = new Receiver(503)) {
      emitters.define("e", Map.of("url", receiver.url()));
      Map<String, String> config = new HashMap<>(emitters.connector(WebhookEmitterConnector.class));
      config.put("retry.backoff.ms", "1000");
      config.put("retry.backoff.factor", "4");
      workers.get(0).put(name, config);
      workers.get(0).awaitRunning(name);
      emitters.produce("e", EmitterWorker.event(1, "a"));

      eventually("three attempts").until(() -> attempts() == 3);
      Failure before = failure();
      ConnectProcess busy = withTask(name);
      workers.remove(busy);
      busy.kill();

      eventually("the fourth attempt").until(() -> attempts() >= 4);
      assertThat(failure().attempts()).isEqualTo(4);
      assertThat(failure().first()).isEqualTo(before.first());
      assertThat(receiver.requests()).as("none but those of the schedule").isEqualTo(4);
      assertThat(receiver.last()).isAfterOrEqualTo(before.next());
    }
  }

  private ConnectProcess withTask(String name) throws Exception {
    for (ConnectProcess worker : workers) {
      if (worker.hasTask(name)) {
        return worker;
      }
    }
    throw new AssertionError("no worker has the task");
  }

  private int attempts() {
    EmitterStatus status = emitters.status("e/0");
    return status == null || status.failure() == null ? 0 : status.failure().attempts();
  }

  private Failure failure() {
    return Objects.requireNonNull(Objects.requireNonNull(emitters.status("e/0")).failure());
  }
}
