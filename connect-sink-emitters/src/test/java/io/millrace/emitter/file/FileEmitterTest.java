package io.millrace.emitter.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.jackson.JsonFormat;
import io.millrace.emitter.Events;
import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.Outcome;
import io.millrace.emitter.lane.TestClock;
import io.millrace.model.emitter.EmitterType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FileEmitterTest {

  private static final int MANY = 20_000;

  @TempDir private Path folder;
  private final TestClock clock = new TestClock();
  private FileOutlet outlet = new FileOutlet(clock, BaseFolder.ANYWHERE);

  @AfterEach
  void closeFiles() {
    outlet.close();
  }

  @Test
  void writesALinePerEventAndCreatesFolders() throws Exception {
    Path file = folder.resolve("a/b/events.log");
    Emitter emitter = emitter(Map.of("path", file.toString()));

    emit(emitter, Events.event("1", "{\n \"amount\":\n 1.50}"));
    emit(emitter, Events.event("2", "{}"));
    emitter.flush();

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).contains("\"amount\":1.50");
    CloudEvent read = new JsonFormat().deserialize(lines.get(1).getBytes(StandardCharsets.UTF_8));
    assertThat(read.getId()).isEqualTo("2");
  }

  @Test
  void beginsAFileAtMidnight() throws Exception {
    Emitter emitter =
        emitter(Map.of("path", folder.resolve("everything.log").toString(), "rolling", true));

    emit(emitter, Events.event("1", "{}"));
    clock.advance(Duration.ofSeconds(2));
    emit(emitter, Events.event("2", "{}"));
    emitter.flush();

    assertThat(Files.readAllLines(folder.resolve("everything-2026-01-31.log"))).hasSize(1);
    assertThat(Files.readAllLines(folder.resolve("everything-2026-02-01.log"))).hasSize(1);
    assertThat(folder.resolve("everything.log")).doesNotExist();
  }

  @Test
  void aDayBeginsInTheConfiguredZone() throws Exception {
    outlet =
        new FileOutlet(
            Clock.fixed(clock.instant(), ZoneId.of("Pacific/Kiritimati")), new BaseFolder(folder));

    emit(emitter(Map.of("path", "sub/everything.log", "rolling", true)), Events.event("1", "{}"));

    assertThat(folder.resolve("sub/everything-2026-02-01.log")).exists();
  }

  @Test
  void refusesToLeaveItsFolder() throws Exception {
    Path inside = folder.resolve("in");
    outlet = new FileOutlet(clock, new BaseFolder(inside));

    assertThat(outcome(emitter(Map.of("path", "../a.log")), Events.event("1", "{}")))
        .isInstanceOf(Outcome.Refused.class);
    Files.createDirectories(inside);
    Files.createSymbolicLink(inside.resolve("away"), folder);
    assertThat(outcome(emitter(Map.of("path", "away/a.log")), Events.event("1", "{}")))
        .isInstanceOf(Outcome.Refused.class);

    assertThat(folder.resolve("a.log")).doesNotExist();
  }

  @Test
  void endsHalfALineThatACrashLeft() throws Exception {
    Path file = folder.resolve("events.log");
    Files.writeString(file, "{\"id\":\"whole\"}\n{\"id\":\"ha");

    emit(emitter(Map.of("path", file.toString())), Events.event("1", "{}"));

    assertThat(Files.readAllLines(file)).hasSize(3);
    assertThat(Files.readAllLines(file).get(2)).startsWith("{").endsWith("}");
  }

  @Test
  void lanesShareAFile() throws Exception {
    Path file = folder.resolve("events.log");
    Emitter one = emitter(Map.of("path", file.toString()));
    Emitter other = emitter(Map.of("path", folder.resolve("x/../events.log").toString()));

    emit(one, Events.event("1", "{}"));
    emit(other, Events.event("2", "{}"));
    emit(one, Events.event("3", "{}"));

    assertThat(Files.readAllLines(file)).hasSize(3);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void isOpenOnlyUntilTheNextCommit() throws Exception {
    Path file = folder.resolve("events.log");
    Emitter emitter = emitter(Map.of("path", file.toString()));
    outcome(emitter, Events.event("1", "{}"));
    assertThat(openFiles()).contains(file);

    emitter.flush();

    assertThat(openFiles()).doesNotContain(file);
    emit(emitter, Events.event("2", "{}"));
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  /** A lane goes on from the thread that wrote a dead letter, while others write and commit. */
  @Test
  void lanesOnSeveralThreadsShareAFile() throws Exception {
    Path file = folder.resolve("events.log");
    Emitter one = emitter(Map.of("path", file.toString()));
    Emitter other = emitter(Map.of("path", file.toString()));
    CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(() -> emitMany(other));
    while (!elsewhere.isDone()) {
      one.flush();
    }
    elsewhere.join();
    other.flush();

    assertThat(Files.readAllLines(file))
        .hasSize(MANY)
        .allSatisfy(line -> assertThat(line).startsWith("{").endsWith("}"));
  }

  private void emitMany(Emitter emitter) {
    for (int i = 0; i < MANY; i++) {
      assertThat(outcome(emitter, Events.event("2", "{}"))).isEqualTo(Outcome.DELIVERED);
    }
  }

  private static List<Path> openFiles() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return descriptors.map(FileEmitterTest::target).toList();
    }
  }

  private static Path target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor);
    } catch (IOException e) {
      return descriptor; // Closed meanwhile.
    }
  }

  @Test
  void triesAgainWhenTheFileCannotBeWritten() throws Exception {
    Path blocked = folder.resolve("blocked");
    Files.writeString(blocked, "a file where a folder should be");
    Emitter emitter = emitter(Map.of("path", blocked.resolve("events.log").toString()));
    assertThat(outcome(emitter, Events.event("1", "{}"))).isInstanceOf(Outcome.Retry.class);

    Files.delete(blocked);

    emit(emitter, Events.event("1", "{}"));
    assertThat(Files.readAllLines(blocked.resolve("events.log"))).hasSize(1);
  }

  @Test
  void writesAgainToAFileThatWasDeleted() throws Exception {
    Path file = folder.resolve("events.log");
    Emitter emitter = emitter(Map.of("path", file.toString()));
    emit(emitter, Events.event("1", "{}"));
    Files.delete(file);
    emitter.flush();

    emit(emitter, Events.event("2", "{}"));

    assertThat(Files.readAllLines(file)).hasSize(1);
  }

  @Test
  void laysOutForPeopleAndOverridesAttributes() throws Exception {
    Path file = folder.resolve("events.log");
    Emitter emitter =
        emitter(
            Map.of("path", file.toString(), "prettyPrint", true, "source", "/me", "subject", "s"));

    emit(emitter, Events.event("1", "{\"a\":1}"));

    assertThat(Files.readAllLines(file)).hasSizeGreaterThan(5);
    CloudEvent read = new JsonFormat().deserialize(Files.readAllBytes(file));
    assertThat(read.getSource()).hasToString("/me");
    assertThat(read.getSubject()).isEqualTo("s");
  }

  @Test
  void rejectsDataThatWouldForgeAttributes() {
    Emitter emitter = emitter(Map.of("path", folder.resolve("events.log").toString()));

    Outcome outcome = outcome(emitter, Events.event("1", "1,\"id\":\"forged\""));

    assertThat(outcome).isInstanceOf(Outcome.Rejected.class);
    assertThat(folder.resolve("events.log")).doesNotExist();
  }

  @Test
  void datesAPathWithoutSuffixAtItsEnd() {
    assertThat(new DailyPath(Path.of("/x/everything"), clock).get())
        .isEqualTo(Path.of("/x/everything-2026-01-31"));
    assertThat(new DailyPath(Path.of("/x/.hidden"), clock).get())
        .isEqualTo(Path.of("/x/.hidden-2026-01-31"));
  }

  private Emitter emitter(Map<String, ?> parameters) {
    return outlet.open(Events.spec(EmitterType.FILE, parameters));
  }

  private static void emit(Emitter emitter, CloudEvent event) throws IOException {
    assertThat(outcome(emitter, event)).isEqualTo(Outcome.DELIVERED);
    emitter.flush();
  }

  private static Outcome outcome(Emitter emitter, CloudEvent event) {
    return emitter.emit(Events.emissions(event)).toCompletableFuture().join();
  }
}
