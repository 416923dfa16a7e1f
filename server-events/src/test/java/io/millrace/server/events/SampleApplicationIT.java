package io.millrace.server.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.fixtures.KafkaFixture;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SampleApplicationIT {

  private static final Path SOURCES =
      Path.of("..", "docs", "examples", "server-events", "src", "main", "java");

  @Test
  void isCompiledAndTellsBothCustomers(@TempDir Path classes) throws Exception {
    compile(classes);

    Path output = classes.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classes + File.pathSeparator + libraries(),
                "com.example.shop.Shop",
                KafkaFixture.shared().bootstrapServers(),
                KafkaFixture.uniqueName("sample"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }

    assertThat(Files.readString(output))
        .contains("Mail to ann: your order is on its way: {product=kettle}")
        .contains("Mail to bob: we are out of this: {product=lamp}");
    assertThat(process.exitValue()).isZero();
  }

  private static void compile(Path into) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("--release", "17", "-Xlint:all", "-Werror", "-cp", libraries(), "-d"));
    arguments.add(into.toString());
    // As a user would: with the annotations' processors of nobody.
    arguments.add("-proc:none");
    try (Stream<Path> files = Files.walk(SOURCES)) {
      files.map(Path::toString).filter(name -> name.endsWith(".java")).forEach(arguments::add);
    }
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(null, System.out, System.err, arguments.toArray(String[]::new));
    assertThat(result).isZero();
  }

  /** Without this module's tests, whose subscribers the scan must not find. */
  private static String libraries() {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> !entry.endsWith("test-classes"))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
