package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.source.task.EventSourceConnector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples that people begin with; the vendor is not there, and comes back as it likes. */
class SampleConnectorsIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path SAMPLES = Path.of("../connectors");

  @TempDir private static Path plugins;
  @TempDir private static Path folder;
  private static SourceWorker worker;

  @BeforeAll
  static void start() throws Exception {
    worker =
        new SourceWorker(
            plugins,
            Map.of(
                "config.providers",
                "file",
                "config.providers.file.class",
                "org.apache.kafka.common.config.provider.FileConfigProvider"));
  }

  @AfterAll
  static void stop() {
    worker.close();
  }

  static List<Path> samples() throws IOException {
    try (Stream<Path> files = Files.list(SAMPLES)) {
      return files
          .filter(file -> file.getFileName().toString().matches("source-.*[.]json"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void runsOnAWorker(Path sample) throws Exception {
    Map<String, String> config = config(sample);
    Path secrets = folder.resolve("secrets.properties");
    Files.writeString(secrets, "client.secret=s3cret\npassword=s3cret\ntoken=t0ken\n");
    config.replaceAll(
        (key, value) -> value.replaceAll("[$][{]file:[^:]*:", "\\${file:" + secrets + ":"));
    config.replaceAll((key, value) -> value.replace("dc.example.com", "127.0.0.1:1"));
    config.put("connection.check", "false");
    String name = JSON.readTree(sample.toFile()).path("name").asText();
    assertThat(name).startsWith("sample-source-");
    try (SourceWorker.Started started = worker.put(name, config)) {
      assertThat(started.name()).isEqualTo(name);
    }
  }

  @ParameterizedTest
  @MethodSource("samples")
  void saysHowItsRecordsAreWritten(Path sample) throws Exception {
    assertThat(config(sample))
        .containsKeys("key.converter", "value.converter", "header.converter", "stream");
  }

  @Test
  void eachConnectorHasOne() throws IOException {
    TreeSet<String> shown = new TreeSet<>();
    for (Path sample : samples()) {
      shown.add(config(sample).get("connector.class"));
    }
    assertThat(ServiceLoader.load(SourceConnector.class))
        .filteredOn(EventSourceConnector.class::isInstance)
        .isNotEmpty()
        .allSatisfy(each -> assertThat(shown).contains(each.getClass().getName()));
  }

  private static Map<String, String> config(Path sample) throws IOException {
    return JSON.convertValue(
        JSON.readTree(sample.toFile()).path("config"), new TypeReference<Map<String, String>>() {});
  }
}
