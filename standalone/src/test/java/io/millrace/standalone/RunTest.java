package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RunTest {

  @TempDir Path folder;

  @Test
  void aDataFolderThatCannotBeMadeIsRefusedInOneLine() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    String data = file.resolve("data").toString();
    StringWriter said = new StringWriter();
    CommandLine millrace = MillraceCommand.of(new Installation(folder, folder), "up");
    millrace.setErr(new PrintWriter(said, true));

    int exitCode = millrace.execute("up", "--data", data);

    assertThat(exitCode).isEqualTo(Refusals.EXIT_CODE);
    assertThat(said.toString().lines())
        .singleElement()
        .asString()
        .startsWith("The data folder " + data + " cannot be written");
  }
}
