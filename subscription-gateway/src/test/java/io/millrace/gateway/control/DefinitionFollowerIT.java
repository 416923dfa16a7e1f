package io.millrace.gateway.control;

import static io.millrace.gateway.control.Definitions.file;
import static io.millrace.gateway.control.Definitions.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.kafka.DefinitionFollower;
import io.millrace.model.kafka.DefinitionListener;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.admin.Admin;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The event model's follower, on what the control loop writes. */
class DefinitionFollowerIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final KafkaFixture kafka = KafkaFixture.shared();
  private final Map<String, Object> clientConfig =
      Map.of("bootstrap.servers", kafka.bootstrapServers());
  private final MillraceTopics topics = new MillraceTopics(KafkaFixture.uniqueName("follow"));
  private final Admin admin = kafka.admin();
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private DefinitionWriter writer;

  @BeforeEach
  void createTopic() throws Exception {
    TopicProvisioner provisioner = new TopicProvisioner(admin);
    provisioner.ensure(List.of(TopicProvisioner.compacted(topics.emitters())));
    writer = new DefinitionWriter(clientConfig, provisioner, topics, 1);
  }

  @AfterEach
  void close() {
    writer.close();
    admin.close();
  }

  @Test
  void tellsWhatStandsOnceAndThenWhatChanges() throws Exception {
    writer.write(List.of(file("changed"), file("removed"), file("came-back")));
    writer.write(List.of(webhook("changed", "http://localhost/")));
    writer.remove(List.of("removed", "came-back"));
    writer.write(List.of(file("came-back")));
    try (DefinitionFollower follower =
        new DefinitionFollower(clientConfig, topics, new Recorder()).start()) {
      assertThat(follower.awaitCaughtUp(PATIENCE)).isTrue();
      assertThat(heard).containsExactlyInAnyOrder("changed WEBHOOK", "came-back FILE");
      assertThat(follower.position()).isEqualTo(7);
      heard.clear();
      writer.write(List.of(file("came-back")));
      writer.remove(List.of("changed"));
      Awaitility.await().atMost(PATIENCE).until(() -> follower.position() == 9);
      assertThat(heard).containsExactly("changed gone");
    }
  }

  @Test
  void goesOnAfterAListenerFailed() throws Exception {
    DefinitionListener failing =
        (id, definition) -> {
          heard.add(id);
          throw new IllegalStateException("on purpose");
        };
    try (DefinitionFollower follower =
        new DefinitionFollower(clientConfig, topics, failing).start()) {
      writer.write(List.of(file("a")));
      writer.write(List.of(file("b")));
      Awaitility.await().atMost(PATIENCE).until(() -> follower.position() == 2);
      assertThat(heard).containsExactly("a", "b");
    }
  }

  private final class Recorder implements DefinitionListener {

    @Override
    public void changed(String emitterId, @Nullable EmitterDefinition definition) {
      heard.add(emitterId + " " + (definition == null ? "gone" : definition.type()));
    }
  }
}
