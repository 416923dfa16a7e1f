package io.millrace.emitter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.emitter.console.ConsoleEmitterConnector;
import io.millrace.emitter.file.FileEmitterConnector;
import io.millrace.emitter.filter.FeelFilter;
import io.millrace.emitter.filter.FeelPredicate;
import io.millrace.emitter.identity.IdentityConfigProvider;
import io.millrace.emitter.webhook.WebhookEmitterConnector;
import io.millrace.fixtures.PluginZip;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
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
    assertThat(listed.lines().filter(line -> line.startsWith("io.millrace.emitter.filter")))
        .satisfiesExactlyInAnyOrder(
            line -> assertThat(line).startsWith(FeelFilter.class.getName() + "\t"),
            line -> assertThat(line).startsWith(FeelPredicate.class.getName() + "\t"))
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains(System.getProperty("millrace.version"))
                    .containsPattern("\t(transformation|predicate)\ttrue\ttrue\t"));
    assertThat(listed.lines().filter(line -> line.contains("EmitterConnector\t")))
        .hasSize(3)
        .allSatisfy(
            line ->
                assertThat(line)
                    .contains(System.getProperty("millrace.version"))
                    .contains("\tsink\ttrue\ttrue\t"));
    assertThat(
            listed.lines().filter(line -> line.startsWith(IdentityConfigProvider.class.getName())))
        .singleElement()
        .asString()
        .contains(System.getProperty("millrace.version"), "\tconfigprovider\ttrue\ttrue\t");
    assertThat(listed)
        .containsPattern("Loadable plugins: *\t6")
        .containsPattern("Compatible plugins: *\t6");
    for (Class<?> type :
        List.of(
            WebhookEmitterConnector.class,
            FileEmitterConnector.class,
            ConsoleEmitterConnector.class)) {
      assertThat(listed).contains(type.getName());
    }
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
          .anyMatch(name -> name.startsWith("httpclient5"));
    }
  }
}
