package io.millrace.emitter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.emitter.task.EmitterConnector;
import io.millrace.fixtures.KafkaFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples that people begin with. */
class SampleConnectorsIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLES = Path.of("../connectors");

  @TempDir private static Path plugins;
  @TempDir private static Path folder;
  private static EmitterWorker worker;

  @BeforeAll
  static void start() throws Exception {
    worker = new EmitterWorker(plugins);
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files.filter(SampleConnectorsIT::isOfAnEmitter).sorted().toList();
    }
  }

  private static boolean isOfAnEmitter(Path file) {
    try {
      return file.toString().endsWith(".json")
          && Files.readString(file).contains("\"io.millrace.emitter.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void runsOnAWorker(Path sample) throws Exception {
    Map<String, String> config =
        JSON.convertValue(
            JSON.readTree(sample.toFile()).path("config"),
            new TypeReference<Map<String, String>>() {});
    // What differs from one installation to the other.
    config.replace("topics", worker.topic());
    config.replace("bootstrap.servers", worker.bootstrap);
    config.replace("brokers", worker.bootstrap);
    config.replace("topic", worker.topic());
    config.replace("base.folder", folder.toString());
    config.replace("topic.prefix", KafkaFixture.uniqueName("sample"));
    String name = JSON.readTree(sample.toFile()).path("name").asText();
    try (EmitterWorker.Started started = worker.put(name, config)) {
      assertThat(started.name()).startsWith("sample-");
    }
  }

  @Test
  void eachConnectorHasOne() throws IOException {
    TreeSet<String> shown = new TreeSet<>();
    for (Path sample : samples()) {
      JsonNode config = JSON.readTree(sample.toFile()).path("config");
      shown.add(config.path("connector.class").asText());
    }
    ServiceLoader<SinkConnector> connectors = ServiceLoader.load(SinkConnector.class);
    assertThat(connectors)
        .filteredOn(EmitterConnector.class::isInstance)
        .isNotEmpty()
        .allSatisfy(each -> assertThat(shown).contains(each.getClass().getName()));
  }
}
