package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.FolderLock;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

  @TempDir Path folder;

  @Test
  void leavesTheEmittersOfARunningDemoAlone() throws Exception {
    Path data = folder.resolve("data");
    Path emitters = Files.createDirectories(data.resolve("system-emitters"));
    Path webhook = Files.writeString(emitters.resolve("demo-large-payments.json"), "the other's");
    Installation installation = new Installation(folder, folder);

    FolderLock running = FolderLock.acquire(data);
    try {
      int exitCode =
          MillraceCommand.of(installation, "demo", "--data", data.toString())
              .execute("demo", "--data", data.toString());

      assertThat(exitCode).isEqualTo(Refusals.EXIT_CODE);
      assertThat(webhook).hasContent("the other's");
    } finally {
      running.close();
    }
  }
}
