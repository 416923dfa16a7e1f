package io.millrace.standalone.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.audit.AuditEntry;
import io.millrace.model.audit.ChainLink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class VerifyCommandTest {

  @TempDir private Path folder;
  private final List<String> lines = new ArrayList<>();
  private final List<String> hashes = new ArrayList<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void record() {
    ChainLink link = ChainLink.START;
    for (int i = 1; i <= 200; i++) {
      AuditEntry entry = link.next(Instant.EPOCH.plusSeconds(i), "{\"n\":1}".getBytes(UTF_8));
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      entry.appendTo(line);
      lines.add(line.toString(UTF_8));
      hashes.add(entry.hash());
      link = entry.link();
    }
  }

  @Test
  void saysThatAChainHolds() throws IOException {
    assertThat(run(file("a", lines))).isZero();
    assertThat(out.toString())
        .contains("first:  entry 1, recorded 1970-01-01T00:00:01Z")
        .contains("after " + "0".repeat(64))
        .contains("last:   entry 200, recorded 1970-01-01T00:03:20Z")
        .contains("hash " + hashes.get(199))
        .endsWith("The chain holds: 200 entries." + System.lineSeparator());
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void namesFileLineAndEntryOfWhatIsWrong() throws IOException {
    lines.remove(99);
    String file = file("a", lines);
    assertThat(run(file)).isEqualTo(1);
    assertThat(err.toString().strip())
        .isEqualTo(file + ", line 100, entry 100: entry 100 is missing before this one");
    assertThat(out.toString()).contains("does NOT hold: 199 entries, 1 findings.");
  }

  @Test
  void doesNotFloodTheScreen() throws IOException {
    lines.replaceAll(line -> line.replace("\"n\":1", "\"n\":2"));
    assertThat(run(file("a", lines))).isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(101).last().isEqualTo("100 more are not shown");
  }

  @Test
  void takesSeveralFilesThatGoOn() throws IOException {
    String first = file("a", lines.subList(0, 50));
    String second = file("b", lines.subList(50, 200));
    assertThat(run(first, second)).isZero();
    assertThat(run(second, first)).isEqualTo(1);
    assertThat(run("--after", hashes.get(49), second)).isZero();
    assertThat(run("--after", hashes.get(48), second)).isEqualTo(1);
  }

  @Test
  void readsStandardInput() {
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(String.join("\n", lines).getBytes(UTF_8)));
      assertThat(run("-")).isZero();
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void refusesWhatItCannotRead() {
    assertThat(run(folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("none does not exist");
    assertThat(run("--after", "abc", "x")).isEqualTo(2);
    assertThat(err.toString()).contains("--after must be 64 hexadecimal digits");
    assertThat(new CommandLine(new AuditCommand()).setErr(new PrintWriter(err)).execute())
        .isEqualTo(2);
  }

  private String file(String name, List<String> content) throws IOException {
    return Files.write(folder.resolve(name), content).toString();
  }

  private int run(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "verify";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return new CommandLine(new AuditCommand())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }
}
