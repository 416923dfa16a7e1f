package io.millrace.server.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.server.events.EventData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KilledApplicationIT {

  private static final Duration LIMIT = Duration.ofSeconds(90);

  /** An application that writes down what it has handled, and is slow. */
  static final class Application {

    public static void main(String[] args) throws Exception {
      Path handled = Path.of(args[2]);
      KafkaEventBus bus =
          KafkaEventBus.open(
              new ServerEventsConfig(
                  Map.of(
                      "bootstrap.servers", args[0],
                      "topic.prefix", args[1],
                      "application.id", "shop",
                      "handle.start.from", "earliest",
                      "commit.interval.ms", "20",
                      "kafka.session.timeout.ms", "6000")));
      bus.getEventManager().subscribe("order", event -> write(handled, event));
      bus.start();
      Thread.sleep(Duration.ofMinutes(5).toMillis());
    }

    private static void write(Path handled, EventData event) {
      try {
        Thread.sleep(5);
        Files.writeString(
            handled, event.getId() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Test
  void whatItHadNotHandledComesAgain(@TempDir Path folder) throws Exception {
    try (Buses buses = new Buses(KafkaFixture.shared().bootstrapServers(), 4)) {
      KafkaEventBus publisher = buses.open("publisher");
      List<String> raised = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        EventData event = new EventData("order", i);
        event.setKey("key-" + i % 20);
        raised.add(publisher.getEventNotifier().notify(event).getEventId());
      }
      Path file = folder.resolve("handled");
      Process process = start(buses, file);
      try {
        await().atMost(LIMIT).until(() -> lines(file).size() > 200 && buses.committed("shop") > 0);
      } finally {
        process.destroyForcibly().waitFor();
      }
      List<String> before = lines(file);
      assertThat(before).hasSizeLessThan(1_000);

      Set<String> after = ConcurrentHashMap.newKeySet();
      KafkaEventBus again = buses.open("shop");
      again.getEventManager().subscribe("order", event -> after.add(event.getId()));
      again.start();

      await()
          .atMost(LIMIT)
          .until(
              () -> {
                Set<String> all = ConcurrentHashMap.newKeySet();
                all.addAll(before);
                all.addAll(after);
                return all.containsAll(raised);
              });
      // Not from the beginning: what was committed does not come again.
      assertThat(after).hasSizeLessThan(1_000);
    }
  }

  private static Process start(Buses buses, Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Application.class.getName(),
            buses.bootstrap,
            buses.topics.prefix(),
            file.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }
}
