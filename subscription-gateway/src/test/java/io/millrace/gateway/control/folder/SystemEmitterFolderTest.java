package io.millrace.gateway.control.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.FileParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemEmitterFolderTest {

  // As the source prints it. Source: Trisotech DES, system emitters.
  private static final String EVERYTHING =
      """
      {
        "type": "File",
        "parameters":{
          "path": "/logs/everything.log",
          "rolling": true
          }
      }
      """;

  private static final String CONSOLE = "{\"type\":\"Console\"}";
  private static final Duration NEVER = Duration.ofHours(1);

  @TempDir Path temp;

  private SystemEmitterFolder watched;

  @AfterEach
  void close() {
    if (watched != null) {
      watched.close();
    }
  }

  @Test
  void takesTheSourcesExampleAsPrinted() throws Exception {
    write("everything.json", EVERYTHING);
    start();
    FolderContent content = await(known -> known.emitters().containsKey("everything"));
    var everything = content.emitters().get("everything");
    assertThat(everything.type()).isEqualTo(EmitterType.FILE);
    assertThat(everything.owner()).isNull();
    assertThat(everything.filter().topics()).isEmpty();
    assertThat(((FileParameters) everything.parameters()).rolling()).isTrue();
  }

  @Test
  void createsTheFolderWhenItIsMissing() throws Exception {
    start(temp.resolve("a/b"), NEVER);
    await(known -> known.emitters().isEmpty());
    assertThat(temp.resolve("a/b")).isDirectory();
  }

  @Test
  void refusesAFolderThatIsAFile() throws Exception {
    Path file = write("file", "");
    assertThatThrownBy(() -> start(file, NEVER))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void seesFilesComeChangeAndGo() throws Exception {
    start();
    await(known -> known.emitters().isEmpty());
    write("a.json", CONSOLE);
    await(known -> known.emitters().containsKey("a"));
    write("a.json", EVERYTHING);
    await(known -> type(known, "a") == EmitterType.FILE);
    Files.move(temp.resolve("a.json"), temp.resolve("b.json"));
    await(known -> known.emitters().keySet().equals(Set.of("b")));
    Files.delete(temp.resolve("b.json"));
    await(known -> known.emitters().isEmpty());
  }

  @Test
  void seesAFileThatAnEditorRenamesIntoPlace() throws Exception {
    write("a.json", CONSOLE);
    start();
    await(known -> known.emitters().containsKey("a"));
    Path draft = write(".a.json.swp", EVERYTHING);
    Files.move(draft, temp.resolve("a.json"), StandardCopyOption.ATOMIC_MOVE);
    await(known -> type(known, "a") == EmitterType.FILE);
  }

  @Test
  void reportsABrokenFileByNameAndReason() throws Exception {
    write("syntax.json", "{\"type\":");
    write("owner.json", "{\"type\":\"Console\",\"owner\":\"ada\"}");
    write("other-id.json", "{\"type\":\"Console\",\"id\":\"mine\"}");
    write("not an id.json", CONSOLE);
    write("feel.json", "{\"type\":\"Console\",\"filter\":\"amount > (\"}");
    write("unknown.json", "{\"type\":\"Console\",\"topic\":[]}");
    write("fine.json", "{\"type\":\"Console\",\"id\":\"fine\"}");
    start();
    FolderContent content = await(known -> true);
    assertThat(content.emitters()).containsOnlyKeys("fine");
    assertThat(content.broken())
        .containsOnlyKeys(
            "syntax.json",
            "owner.json",
            "other-id.json",
            "not an id.json",
            "feel.json",
            "unknown.json");
    assertThat(content.broken().get("syntax.json")).contains("not JSON: line 1");
    assertThat(content.broken().get("owner.json")).startsWith("owner must be left out");
    assertThat(content.broken().get("other-id.json")).startsWith("id must be other-id");
    assertThat(content.broken().get("not an id.json")).startsWith("id must");
    assertThat(content.broken().get("feel.json")).startsWith("filter");
    assertThat(content.broken().get("unknown.json")).startsWith("topic is not known");
  }

  @Test
  void fileIsBrokenWhileItIsBroken() throws Exception {
    write("a.json", CONSOLE);
    start();
    await(known -> known.emitters().containsKey("a"));
    write("a.json", "{\"type\":\"Con");
    await(known -> known.isBroken("a"));
    write("a.json", EVERYTHING);
    await(known -> known.broken().isEmpty() && type(known, "a") == EmitterType.FILE);
  }

  @Test
  void leavesOutWhatIsNoEmitterFile() throws Exception {
    write(".hidden.json", CONSOLE);
    write("readme.txt", "hello");
    write("a.json~", CONSOLE);
    write("upper.JSON", CONSOLE);
    Files.createDirectory(temp.resolve("folder.json"));
    Files.createDirectory(temp.resolve("sub"));
    Files.writeString(temp.resolve("sub/inner.json"), CONSOLE);
    start();
    assertThat(await(known -> true)).isEqualTo(new FolderContent(Map.of(), Map.of()));
  }

  @Test
  void refusesAFileOverOneMebibyte() throws Exception {
    write("large.json", CONSOLE + " ".repeat(EmitterFiles.MAX_BYTES));
    write("largest.json", CONSOLE + " ".repeat(EmitterFiles.MAX_BYTES - CONSOLE.length()));
    start();
    FolderContent content = await(known -> true);
    assertThat(content.broken()).containsOnlyKeys("large.json");
    assertThat(content.broken().get("large.json")).contains("larger than 1 MiB");
    assertThat(content.emitters()).containsOnlyKeys("largest");
  }

  @Test
  void reportsAPipeAndDoesNotWaitForIt() throws Exception {
    Path pipe = temp.resolve("pipe.json");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    start();
    assertThat(await(known -> true).broken().get("pipe.json")).contains("regular file");
  }

  @Test
  void followsLinksToFilesAsAMountedConfigMapHasThem() throws Exception {
    Path first = Files.createDirectories(temp.resolve("..2026_1"));
    Path second = Files.createDirectories(temp.resolve("..2026_2"));
    Files.writeString(first.resolve("a.json"), CONSOLE);
    Files.writeString(second.resolve("a.json"), EVERYTHING);
    Files.createSymbolicLink(temp.resolve("..data"), first.getFileName());
    Files.createSymbolicLink(temp.resolve("a.json"), Path.of("..data/a.json"));
    Files.createSymbolicLink(temp.resolve("b.json"), Path.of("nowhere.json"));
    start();
    FolderContent content = await(known -> type(known, "a") == EmitterType.CONSOLE);
    assertThat(content.broken().get("b.json")).contains("link to a file that is not there");
    Files.createSymbolicLink(temp.resolve("..data_tmp"), second.getFileName());
    Files.move(temp.resolve("..data_tmp"), temp.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
    await(known -> type(known, "a") == EmitterType.FILE);
  }

  @Test
  void followsALinkToTheFolder() throws Exception {
    Path real = Files.createDirectory(temp.resolve("real"));
    Files.writeString(real.resolve("a.json"), CONSOLE);
    start(Files.createSymbolicLink(temp.resolve("link"), real), NEVER);
    await(known -> known.emitters().containsKey("a"));
  }

  @Test
  void seesWhatNobodyToldItOf() throws Exception {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Path folder = Files.createDirectory(temp.resolve("inside"));
    Files.writeString(outside.resolve("a"), CONSOLE);
    Files.createSymbolicLink(folder.resolve("a.json"), outside.resolve("a"));
    start(folder, Duration.ofMillis(100));
    await(known -> type(known, "a") == EmitterType.CONSOLE);
    Files.writeString(outside.resolve("a"), EVERYTHING);
    await(known -> type(known, "a") == EmitterType.FILE);
  }

  @Test
  void keepsEverythingWhileTheFolderIsAwayAndReadsItAnew() throws Exception {
    Path folder = Files.createDirectory(temp.resolve("f"));
    Files.writeString(folder.resolve("a.json"), CONSOLE);
    start(folder, Duration.ofMillis(100));
    await(known -> known.emitters().containsKey("a"));
    Files.move(folder, temp.resolve("away"));
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> watched.trouble().isPresent());
    assertThat(watched.content().orElseThrow().emitters()).containsOnlyKeys("a");
    Files.createDirectory(folder);
    Files.writeString(folder.resolve("b.json"), CONSOLE);
    await(known -> known.emitters().containsKey("b") && !known.emitters().containsKey("a"));
    assertThat(watched.trouble()).isEmpty();
  }

  @Test
  void readsOnWhileAWriterNeverRests() throws Exception {
    start();
    await(known -> known.emitters().isEmpty());
    Path log = write("busy.log", "");
    Thread writer =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                try {
                  Files.writeString(log, "x", StandardOpenOption.APPEND);
                } catch (IOException e) {
                  return;
                }
              }
            });
    writer.start();
    try {
      write("a.json", CONSOLE);
      await(known -> known.emitters().containsKey("a"));
    } finally {
      writer.interrupt();
      writer.join();
    }
  }

  private void start() throws IOException {
    start(temp, NEVER);
  }

  private void start(Path folder, Duration rescan) throws IOException {
    watched = SystemEmitterFolder.start(folder, rescan, System::nanoTime, () -> {});
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(temp.resolve(name), text);
  }

  private FolderContent await(Predicate<FolderContent> wanted) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(watched::content, content -> content.filter(wanted).isPresent())
        .orElseThrow();
  }

  private static EmitterType type(FolderContent content, String id) {
    return content.emitters().containsKey(id) ? content.emitters().get(id).type() : null;
  }
}
