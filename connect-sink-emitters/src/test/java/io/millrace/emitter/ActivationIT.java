package io.millrace.emitter;

import static io.millrace.emitter.EmitterWorker.event;
import static io.millrace.emitter.EmitterWorker.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.emitter.webhook.WebhookEmitterConnector;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.emitter.Activation;
import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.EmitterStatus.State;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.Resume;
import io.millrace.model.emitter.Resume.From;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Emitters that are disabled, enabled again and told to replay, in a real worker. */
class ActivationIT {

  @TempDir private static Path plugins;
  private static EmitterWorker worker;

  @BeforeAll
  static void start() throws Exception {
    worker = new EmitterWorker(plugins);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  @Test
  void replaysOnceAlsoOverARestart() throws Exception {
    String name = KafkaFixture.uniqueName("replay");
    try (SharedEmitters emitters = new SharedEmitters(worker.bootstrap);
        Receiver receiver = new Receiver(200)) {
      Map<String, String> parameters = Map.of("url", receiver.url());
      emitters.define("e", parameters);
      Map<String, String> config = emitters.connector(WebhookEmitterConnector.class);
      try (EmitterWorker.Started started = worker.put(name, config)) {
        for (int id = 1; id <= 3; id++) {
          emitters.produce("e", event(id, "a"));
        }
        eventually("delivered").until(() -> receiver.ids().size() == 3);
        Resume resume = new Resume(From.TIME, Instant.EPOCH, Instant.now(), null);
        emitters.define("e", parameters, Activation.INITIAL.enabled(resume));
        eventually("replayed").until(() -> receiver.ids().size() == 6);
        eventually("reported").until(() -> generation(emitters) == 1);
        eventually("committed").until(() -> committed(started, emitters) == 3);
      }
      try (EmitterWorker.Started started = worker.put(name, config)) {
        emitters.produce("e", event(4, "a"));
        eventually("delivered").until(() -> receiver.ids().contains("4"));
        eventually("committed").until(() -> committed(started, emitters) == 4);
      }
      assertThat(receiver.ids()).containsExactly("1", "2", "3", "1", "2", "3", "4");
    }
  }

  @Test
  void staysDisabledOverARestartAndSkipsWhatWaited() throws Exception {
    String name = KafkaFixture.uniqueName("disabled");
    try (SharedEmitters emitters = new SharedEmitters(worker.bootstrap);
        Receiver receiver = new Receiver(410)) {
      Map<String, String> parameters = Map.of("url", receiver.url());
      emitters.define("e", parameters);
      Map<String, String> config = emitters.connector(WebhookEmitterConnector.class);
      try (EmitterWorker.Started started = worker.put(name, config)) {
        emitters.produce("e", event(1, "a"));
        eventually("disabled").until(() -> state(emitters) == State.DISABLED);
        assertThat(committed(started, emitters)).isZero();
      }
      receiver.answerWith(200);
      emitters.produce("e", event(2, "a"));
      try (EmitterWorker.Started started = worker.put(name, config)) {
        // An emitter beside it shows that the task is at work.
        emitters.define("other", parameters);
        emitters.produce("other", event(3, "a"));
        eventually("the other delivers").until(() -> receiver.ids().contains("3"));
        assertThat(receiver.ids()).containsExactly("3");

        Resume resume = new Resume(From.NOW, null, Instant.now(), null);
        emitters.define("e", parameters, Activation.INITIAL.enabled(resume));
        eventually("enabled").until(() -> state(emitters) == State.RUNNING);
        emitters.produce("e", event(4, "a"));
        eventually("delivered").until(() -> receiver.ids().contains("4"));
        eventually("committed").until(() -> committed(started, emitters) == 3);
      }
      assertThat(receiver.ids()).containsExactly("3", "4");
    }
  }

  @Test
  void directModeGoesOnWithItsScheduleToo() throws Exception {
    String name = KafkaFixture.uniqueName("direct");
    String topic = worker.topic();
    try (SharedEmitters emitters = new SharedEmitters(worker.bootstrap);
        Receiver receiver = new Receiver(503)) {
      Map<String, String> config = worker.base(WebhookEmitterConnector.class);
      config.put("topics", topic);
      config.put("url", receiver.url());
      config.put("bootstrap.servers", worker.bootstrap);
      config.put("topic.prefix", emitters.topics.prefix());
      config.put("retry.backoff.ms", "3600000");
      config.put("retry.backoff.max.ms", "3600000");
      String key = "connector:%s/%s/0".formatted(name, topic);
      try (EmitterWorker.Started started = worker.put(name, config)) {
        worker.produce(topic, event(1, "a"));
        eventually("reported").until(() -> isRetrying(emitters, key));
        assertThat(worker.committed(started.name(), topic)).isZero();
      }
      receiver.answerWith(200);
      try (EmitterWorker.Started started = worker.put(name, config)) {
        worker.produce(topic, event(2, "b"));
        eventually("the other key delivers").until(() -> receiver.ids().contains("2"));
        assertThat(worker.committed(started.name(), topic)).isZero();
      }
      assertThat(receiver.ids()).as("the first waits for an hour").containsExactly("2");
    }
  }

  private static boolean isRetrying(SharedEmitters emitters, String key) {
    EmitterStatus status = emitters.status(key);
    return status != null && status.state() == State.RETRYING;
  }

  private static long committed(EmitterWorker.Started started, SharedEmitters emitters)
      throws Exception {
    return worker.committed(started.name(), emitters.topics.emitter(EmitterType.WEBHOOK, "e"));
  }

  private static State state(SharedEmitters emitters) {
    EmitterStatus status = emitters.status("e/0");
    return status == null ? State.RUNNING : status.state();
  }

  private static long generation(SharedEmitters emitters) {
    EmitterStatus status = emitters.status("e/0");
    return status == null ? -1 : status.generation();
  }
}
