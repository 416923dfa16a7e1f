package io.millrace.gateway.subscription;

import static io.millrace.gateway.subscription.Client.await;
import static io.millrace.gateway.subscription.Client.eventually;
import static io.millrace.gateway.subscription.Cluster.PACE;
import static io.millrace.gateway.subscription.Cluster.all;
import static io.millrace.gateway.subscription.Cluster.ofType;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.fixtures.KafkaFixture;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MillionBehindIT {

  private static final int EVENTS = 1_000_000;

  @Test
  void aMillionEventsAreCountedAndCaughtUpWith() throws Exception {
    try (Cluster cluster = new Cluster(KafkaFixture.shared().bootstrapServers())) {
      Subscriptions before = cluster.node();
      await(before.open("filtered", ofType("t3"), OptionalLong.of(0), PACE, new Client())).close();
      cluster.publish(EVENTS);
      before.close();
      Subscriptions node = cluster.node();
      assertThat(await(node.status("filtered")).orElseThrow().undelivered()).isEqualTo(EVENTS / 10);
      Client client = new Client(true);
      Client.connect(node.open("all", all(), OptionalLong.of(0), PACE, client), client);
      eventually()
          .atMost(Duration.ofMinutes(5))
          .until(() -> await(node.status("all")).orElseThrow().undelivered() == 0);
      assertThat(client.ids()).isEqualTo(LongStream.rangeClosed(1, EVENTS).boxed().toList());
    }
  }
}
