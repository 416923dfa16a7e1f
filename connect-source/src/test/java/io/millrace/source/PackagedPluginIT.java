package io.millrace.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.fixtures.PluginZip;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceConnector;
import org.apache.kafka.tools.ConnectPluginPath;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip that people install. */
class PackagedPluginIT {

  @TempDir private static Path plugins;

  @BeforeAll
  static void unpack() throws Exception {
    PluginZip.unpack(Path.of(System.getProperty("millrace.plugin.zip")), plugins);
  }

  @Test
  void connectFindsThePluginsWithoutProblems() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code =
        ConnectPluginPath.mainNoExit(
            new String[] {"list", "--plugin-path", plugins.toString()},
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    String listed = out.toString(StandardCharsets.UTF_8);
    assertThat(code).as(err.toString(StandardCharsets.UTF_8)).isZero();
    assertThat(listed.lines().filter(line -> line.contains("SourceConnector\t")))
        .hasSameSizeAs(connectors())
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains(System.getProperty("millrace.version"))
                    .contains("\tsource\ttrue\ttrue\t"));
    int total = connectors().size();
    assertThat(listed)
        .containsPattern("Total plugins: *\t" + total)
        .containsPattern("Loadable plugins: *\t" + total)
        .containsPattern("Compatible plugins: *\t" + total);
    assertThat(connectors()).allSatisfy(type -> assertThat(listed).contains(type));
    assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  /** Source: Confluent Hub, component archive specification. */
  @Test
  void manifestSaysWhatIsInTheZip() throws Exception {
    String version = System.getProperty("millrace.version");
    String zip = Path.of(System.getProperty("millrace.plugin.zip")).getFileName().toString();
    Path home = plugins.resolve(zip.replaceFirst("[.]zip$", ""));
    JsonNode manifest = new ObjectMapper().readTree(home.resolve("manifest.json").toFile());
    assertThat(manifest.path("version").asText()).isEqualTo(version);
    assertThat(zip)
        .isEqualTo(
            "%s-%s-%s.zip"
                .formatted(
                    manifest.at("/owner/username").asText(),
                    manifest.path("name").asText(),
                    version));
    assertThat(manifest.path("component_types"))
        .extracting(JsonNode::asText)
        .containsExactly("source");
    for (String field : List.of("/title", "/description", "/owner/name", "/license/0/name")) {
      assertThat(manifest.at(field).isTextual()).as(field).isTrue();
    }
    for (String part : List.of("lib", "etc", "doc")) {
      assertThat(home.resolve(part)).isNotEmptyDirectory();
    }
  }

  private static List<String> connectors() {
    return ServiceLoader.load(SourceConnector.class).stream()
        .map(each -> each.type().getName())
        .filter(name -> name.startsWith("io.millrace.source."))
        .toList();
  }

  @Test
  void zipHoldsNothingThatConnectGives() throws Exception {
    try (Stream<Path> files = Files.walk(plugins)) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> n.endsWith(".jar")))
          .noneMatch(
              name ->
                  Stream.of(
                          "kafka-clients",
                          "connect-api",
                          "connect-runtime",
                          "connect-json",
                          "slf4j",
                          "log4j",
                          "zstd",
                          "lz4",
                          "snappy",
                          "jspecify")
                      .anyMatch(name::startsWith))
          .anyMatch(name -> name.startsWith("event-model"));
    }
  }
}
