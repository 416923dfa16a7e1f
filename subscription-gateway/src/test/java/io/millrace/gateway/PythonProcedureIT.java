package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.fixtures.KafkaFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    assumeTrue(
        python(List.of("-c", "import requests")).isEmpty(),
        "needs Python's requests: apt-get install python3-requests");
    try (RunningGateway gateway =
        new RunningGateway(
            KafkaFixture.shared().bootstrapServers(),
            "acronis-python",
            Map.of("auth.users.file", AcronisCaller.usersFile(folder).toString()))) {
      String output =
          python(
              List.of(
                  SCRIPT.toString(),
                  "http://127.0.0.1:" + gateway.gateway.port(),
                  "partner",
                  AcronisCaller.PARTNER));
      assertThat(output).isEqualTo("done\n");
    }
  }

  /** What it writes; what is missing, if it cannot be started. */
  private String python(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("python3"));
    command.addAll(arguments);
    Path output = Files.createTempFile(folder, "python", ".txt");
    try {
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
    } catch (IOException e) {
      return "cannot be started: " + e.getMessage();
    }
  }
}
