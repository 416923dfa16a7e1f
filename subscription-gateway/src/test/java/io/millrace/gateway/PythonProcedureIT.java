package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.Python;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The vendor's procedure with the vendor's tools: Python and requests. */
class PythonProcedureIT {

  private static final Path SCRIPT = Path.of("src/test/python/event_manager.py").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void listensForEventsAsTheVendorDescribesIt() throws Exception {
    String python = Python.with("requests").orElse(null);
    assumeTrue(python != null, "needs Python's requests: apt-get install python3-requests");
    try (RunningGateway gateway =
        new RunningGateway(
            KafkaFixture.shared().bootstrapServers(),
            "acronis-python",
            Map.of("auth.users.file", AcronisCaller.usersFile(folder).toString()))) {
      String output =
          output(
              List.of(
                  python,
                  SCRIPT.toString(),
                  "http://127.0.0.1:" + gateway.gateway.port(),
                  "partner",
                  AcronisCaller.PARTNER));
      assertThat(output).isEqualTo("done\n");
    }
  }

  private String output(List<String> command) throws Exception {
    Path output = Files.createTempFile(folder, "python", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      return "takes too long: " + Files.readString(output);
    }
    return Files.readString(output);
  }
}
