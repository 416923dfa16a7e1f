package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import picocli.CommandLine;

@ResourceLock(Resources.SYSTEM_OUT)
@ResourceLock(Resources.SYSTEM_ERR)
class GatewayMainTest {

  private final InputStream input = System.in;
  private final PrintStream output = System.out;
  private final PrintStream errors = System.err;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @BeforeEach
  void capture() {
    PrintStream capture = new PrintStream(printed, true, StandardCharsets.UTF_8);
    System.setOut(capture);
    System.setErr(capture);
  }

  @AfterEach
  void restore() {
    System.setIn(input);
    System.setOut(output);
    System.setErr(errors);
  }

  @Test
  void hashesAPassword() {
    System.setIn(new ByteArrayInputStream("geheim\n".getBytes(StandardCharsets.UTF_8)));

    assertThat(run("hash-password")).isZero();

    char[] password = "geheim".toCharArray();
    String hash = printed.toString(StandardCharsets.UTF_8).strip();
    assertThat(BCrypt.verifyer().verify(password, hash).verified).isTrue();
  }

  @Test
  void saysThatTheConfigurationIsMissing() {
    assertThat(run()).isEqualTo(2);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("--config FILE is missing");
  }

  @Test
  void saysWhichFileCannotBeRead() {
    assertThat(run("--config", "/nowhere.properties")).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8)).contains("/nowhere.properties");
  }

  private static int run(String... args) {
    return new CommandLine(new GatewayMain()).execute(args);
  }
}
