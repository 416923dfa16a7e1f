package io.millrace.gateway;

import static io.millrace.gateway.MmmUser.newId;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.RestartableKafka;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The broker is restarted while events are raised, delivered and acknowledged. */
class MmmBrokerRestartIT {

  private static final int BATCHES = 60;
  private static final int BATCH = 20;

  private final Set<Integer> raised = new ConcurrentSkipListSet<>();
  private final Set<Integer> received = new TreeSet<>();
  private final String id = newId();
  private long position;
  private long answered;

  @Test
  void nothingIsLost() throws Exception {
    try (RestartableKafka broker = KafkaFixture.start();
        RunningGateway gateway =
            new RunningGateway(
                broker.bootstrapServers(), KafkaFixture.uniqueName("mmmrestart"), Map.of())) {
      MmmUser user = new MmmUser(gateway.gateway.port(), RunningGateway.basic("admin", "admin"));
      CompletableFuture<Void> raising = CompletableFuture.runAsync(() -> raiseAll(user));
      boolean restarted = false;
      while (received.size() < BATCHES * BATCH) {
        try (MmmSocket socket =
            user.follow(id, "lastEventId: " + answered + ", chunkSize: 10, chunkMaxDelay: 20")) {
          position = answered;
          while (received.size() < BATCHES * BATCH) {
            take(user, socket.chunk());
            if (!restarted && received.size() > BATCHES * BATCH / 3) {
              restarted = true;
              broker.restart();
            }
          }
        } catch (MmmSocket.OtherwiseException retried) {
          // The gateway could not serve it for a while: the client comes back.
        }
      }
      raising.get(60, TimeUnit.SECONDS);
      assertThat(restarted).isTrue();
      assertThat(received).containsAll(raised);
    }
  }

  private void take(MmmUser user, List<JsonNode> events) throws Exception {
    for (JsonNode event : events) {
      long next = event.path("id").longValue();
      assertThat(next).isGreaterThan(position);
      position = next;
      received.add(Integer.valueOf(event.path("entityId").asText()));
    }
    JsonNode answer = user.acknowledge(id, position).path("data");
    if (answer.path("_acknowledgeExternalEvents").asBoolean()) {
      answered = position;
    }
  }

  private void raiseAll(MmmUser user) {
    for (int batch = 0; batch < BATCHES; batch++) {
      int first = batch * BATCH + 1;
      while (!raised(user, first)) {
        Thread.onSpinWait();
      }
      for (int i = first; i < first + BATCH; i++) {
        raised.add(i);
      }
    }
  }

  /** Whether the gateway says that the broker has the batch; else it may have it all the same. */
  private static boolean raised(MmmUser user, int first) {
    try {
      user.raise("restart", first, first + BATCH - 1);
      return true;
    } catch (Exception | AssertionError e) {
      return false;
    }
  }
}
