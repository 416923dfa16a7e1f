package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.embedded.StartRefusedException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MillraceCommandTest {

  private static final Installation INSTALLED = new Installation(Path.of("/opt/m"), Path.of("/d"));

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                              | data=/d emitters=/d/system-emitters plugins=/opt/m/plugins gateway=127.0.0.1:8021 kafka=127.0.0.1:9092 connect=127.0.0.1:8083 management=127.0.0.1:8022
          up                              | data=/d emitters=/d/system-emitters plugins=/opt/m/plugins gateway=127.0.0.1:8021 kafka=127.0.0.1:9092 connect=127.0.0.1:8083 management=127.0.0.1:8022
          --data /x                       | data=/x emitters=/x/system-emitters plugins=/opt/m/plugins gateway=127.0.0.1:8021 kafka=127.0.0.1:9092 connect=127.0.0.1:8083 management=127.0.0.1:8022
          --data=/x --system-emitters=/e  | data=/x emitters=/e plugins=/opt/m/plugins gateway=127.0.0.1:8021 kafka=127.0.0.1:9092 connect=127.0.0.1:8083 management=127.0.0.1:8022
          --bind 0.0.0.0 --port 80        | data=/d emitters=/d/system-emitters plugins=/opt/m/plugins gateway=0.0.0.0:80 kafka=127.0.0.1:9092 connect=127.0.0.1:8083 management=127.0.0.1:8022
          up --kafka-port 1 --connect-port 2 --management-port 3 --plugins /p | data=/d emitters=/d/system-emitters plugins=/p gateway=127.0.0.1:8021 kafka=127.0.0.1:1 connect=127.0.0.1:2 management=127.0.0.1:3
          """)
  void argumentsBecomeAConfiguration(String arguments, String expected) {
    assertThat(show(parse(split(arguments)))).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--port x", "--prot 1", "down", "--config"})
  void wrongArgumentsAreRefusedWithUsage(String arguments) {
    StringWriter shown = new StringWriter();
    CommandLine command = MillraceCommand.of(INSTALLED, split(arguments));
    command.setErr(new PrintWriter(shown));
    assertThat(command.execute(MillraceCommand.withDefaultCommand(split(arguments)))).isEqualTo(2);
    assertThat(shown.toString()).contains("Usage: millrace up");
  }

  @Test
  void portThatCannotBeIsRefusedInOneLine() {
    StringWriter shown = new StringWriter();
    CommandLine command = MillraceCommand.of(INSTALLED);
    command.setErr(new PrintWriter(shown));
    assertThat(command.execute("up", "--port", "70000")).isEqualTo(1);
    assertThat(shown.toString().strip()).isEqualTo("port 70000 is not in 0 to 65535");
  }

  @Test
  void flagsWinOverTheFile() throws Exception {
    Path file = file("port=1000", "kafka-port=2000");
    StandaloneConfig config = parse("--config", file.toString(), "--port", "3000");
    assertThat(config.ports().gateway().port()).isEqualTo(3000);
    assertThat(config.ports().kafka().port()).isEqualTo(2000);
    assertThat(config.ports().connect().port()).isEqualTo(8083);
  }

  @Test
  void settingsOfThePartsAreHandedOnWithoutTheirPrefix() throws Exception {
    Path file = file("broker.log.retention.hours=24", "gateway.auth.users.file=/u", "router.a=b");
    PartSettings settings = parse("--config", file.toString()).settings();
    assertThat(settings.broker()).containsOnly(java.util.Map.entry("log.retention.hours", "24"));
    assertThat(settings.gateway()).containsOnly(java.util.Map.entry("auth.users.file", "/u"));
    assertThat(settings.router()).containsOnly(java.util.Map.entry("a", "b"));
    assertThat(settings.connect()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          prot=1            | 'prot' is not known; it must be a flag without its dashes, or begin with broker., connect., router. or gateway.
          config=x          | 'config' is not known; it must be a flag without its dashes, or begin with broker., connect., router. or gateway.
          gateway.http.port=1 | use 'port' in place of 'gateway.http.port'
          broker.log.dirs=/x | use 'data' in place of 'broker.log.dirs'
          """)
  void entriesThatWouldDoNothingAreRefused(String entry, String reason) throws Exception {
    Path file = file(entry);
    assertThatThrownBy(() -> MillraceCommand.of(INSTALLED, "--config", file.toString()))
        .isInstanceOf(StartRefusedException.class)
        .hasMessage(file + ": " + reason);
  }

  @Test
  void missingFileIsRefused() {
    Path missing = folder.resolve("none");
    assertThatThrownBy(() -> MillraceCommand.of(INSTALLED, "--config", missing.toString()))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining(missing.toString());
  }

  private Path file(String... lines) throws IOException {
    return Files.write(folder.resolve("a.properties"), java.util.List.of(lines));
  }

  private static String[] split(String arguments) {
    return arguments.isEmpty() ? new String[0] : arguments.split(" ");
  }

  private static StandaloneConfig parse(String... arguments) {
    CommandLine command = MillraceCommand.of(INSTALLED, arguments);
    CommandLine.ParseResult parsed =
        command.parseArgs(MillraceCommand.withDefaultCommand(arguments));
    return ((UpCommand) parsed.subcommand().commandSpec().userObject()).config();
  }

  private static String show(StandaloneConfig config) {
    return String.format(
        "data=%s emitters=%s plugins=%s gateway=%s kafka=%s connect=%s management=%s",
        config.data(),
        config.systemEmitters(),
        config.plugins(),
        config.ports().gateway(),
        config.ports().kafka(),
        config.ports().connect(),
        config.ports().management());
  }
}
