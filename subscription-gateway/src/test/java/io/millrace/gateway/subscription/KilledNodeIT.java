package io.millrace.gateway.subscription;

import static io.millrace.gateway.subscription.Client.await;
import static io.millrace.gateway.subscription.Client.eventually;
import static io.millrace.gateway.subscription.Cluster.PACE;
import static io.millrace.gateway.subscription.Cluster.all;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.fixtures.KafkaFixture;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class KilledNodeIT {

  private static final int EVENTS = 20_000;

  private long delivered;
  private long answered;

  @Test
  void afterAKillNothingIsMissingAndNothingAcknowledgedComesAgain() throws Exception {
    String brokers = KafkaFixture.shared().bootstrapServers();
    try (Cluster cluster = new Cluster(brokers)) {
      cluster.publish(EVENTS);
      killInTheMiddle(brokers, cluster.topics.prefix());
      Subscriptions node = cluster.node();
      Client client = new Client(true);
      Client.connect(node.open("s", all(), OptionalLong.empty(), PACE, client), client);
      eventually().until(() -> !client.ids().isEmpty());
      long first = client.ids().get(0);
      assertThat(first).isGreaterThan(answered).isLessThanOrEqualTo(delivered + 1);
      eventually().until(() -> client.ids().size() >= EVENTS - first + 1);
      assertThat(client.ids()).isEqualTo(LongStream.rangeClosed(first, EVENTS).boxed().toList());
      eventually().until(() -> await(node.status("s")).orElseThrow().undelivered() == 0);
    }
  }

  private void killInTheMiddle(String brokers, String prefix) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                DoomedNode.class.getName(),
                brokers,
                prefix)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        take(line);
        if (answered > EVENTS / 3) {
          // Through its handle, since otherwise what it said last could not be read.
          process.toHandle().destroyForcibly();
        }
      }
    } finally {
      process.toHandle().destroyForcibly();
    }
    assertThat(answered).isGreaterThan(EVENTS / 3);
  }

  private void take(String line) {
    if (line.startsWith("D ")) {
      delivered = Math.max(delivered, Long.parseLong(line.substring(2)));
    } else if (line.startsWith("A ")) {
      answered = Math.max(answered, Long.parseLong(line.substring(2)));
    }
  }
}
