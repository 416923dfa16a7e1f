package io.millrace.gateway.subscription;

import static io.millrace.gateway.subscription.Client.await;
import static io.millrace.gateway.subscription.Cluster.all;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.gateway.subscription.SubscriptionException.Reason;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway dies by SIGKILL while its consumer waits. */
class KilledLeaseIT {

  private static final Duration SESSION = Duration.ofSeconds(5);

  private final String brokers = KafkaFixture.shared().bootstrapServers();
  private Cluster cluster;
  private Subscriptions node;
  private long killed;

  @BeforeEach
  void killOneWhileItsConsumerWaits() throws Exception {
    cluster = new Cluster(brokers);
    node = cluster.node();
    await(node.create("s", all(), OptionalLong.of(0)));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                DoomedGateway.class.getName(),
                brokers,
                cluster.topics.prefix(),
                SESSION.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).isEqualTo("W");
      Asker.of(node, "b").session(SESSION).timeout(Duration.ZERO).isRefused(0, Reason.HELD);
    } finally {
      process.toHandle().destroyForcibly();
      process.waitFor();
      killed = System.nanoTime();
    }
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void itsConsumerGoesOnElsewhereAtOnce() throws Exception {
    Asker a = Asker.of(node, "a").session(SESSION);
    cluster.publish(3);
    assertThat(a.ask(0).events()).hasSize(3);
    Asker.of(node, "b").session(SESSION).isRefused(0, Reason.HELD);
  }

  @Test
  void anotherConsumerWaitsForTheTimeoutAndNoLonger() throws Exception {
    cluster.publish(3);
    Asker b = Asker.of(node, "b").session(SESSION);
    assertThat(b.askUntilServed(0).events()).hasSize(3);
    // It was renewed every third of that while it lived.
    assertThat(System.nanoTime() - killed).isGreaterThan(SESSION.toNanos() / 2);
    Asker.of(node, "a").session(SESSION).isRefused(0, Reason.HELD);
  }
}
