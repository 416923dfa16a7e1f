package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterMainTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final RouterMain main =
      new RouterMain(
          new PrintStream(out, true, StandardCharsets.UTF_8),
          new PrintStream(err, true, StandardCharsets.UTF_8));

  @TempDir Path folder;

  @Test
  void helpNamesTheOptions() {
    assertThat(main.run(List.of("--help"))).isEqualTo(RouterMain.OK);
    assertThat(text(out)).contains("--config FILE", "--version");
  }

  @Test
  void versionIsOneLine() {
    assertThat(main.run(List.of("--version"))).isEqualTo(RouterMain.OK);
    assertThat(text(out)).startsWith("millrace router ").hasLineCount(1);
  }

  @Test
  void wrongArgumentsShowTheHelp() {
    assertThat(main.run(List.of("--konfig", "x"))).isEqualTo(RouterMain.USAGE);
    assertThat(text(err)).contains("--config FILE");
  }

  @Test
  void aMissingFileIsNamed() {
    Path file = folder.resolve("router.properties");
    assertThat(main.run(List.of("--config", file.toString()))).isEqualTo(RouterMain.USAGE);
    assertThat(text(err)).isEqualTo("millrace router: there is no file " + file + "\n");
  }

  @Test
  void aWrongSettingIsToldInOneLine() throws Exception {
    Path file = folder.resolve("router.properties");
    Files.writeString(file, "bootstrap.servers=localhost:9092\nnum.stream.threads=0\n");
    assertThat(main.run(List.of("--config", file.toString()))).isEqualTo(RouterMain.USAGE);
    assertThat(text(err)).contains("num.stream.threads").hasLineCount(1);
  }

  @Test
  void aClusterOutOfReachIsToldInOneLine() throws Exception {
    Path file = folder.resolve("router.properties");
    Files.writeString(
        file,
        """
        bootstrap.servers=127.0.0.1:1
        management.port=-1
        kafka.default.api.timeout.ms=300
        kafka.request.timeout.ms=200
        """);
    assertThat(main.run(List.of("--config", file.toString()))).isEqualTo(RouterMain.FAILED);
    assertThat(text(err)).startsWith("millrace router: ").hasLineCount(1);
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }
}
