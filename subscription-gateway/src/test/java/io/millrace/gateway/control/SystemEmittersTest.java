package io.millrace.gateway.control;

import static io.millrace.gateway.control.Definitions.file;
import static io.millrace.gateway.control.Definitions.ownedFile;
import static io.millrace.gateway.control.Definitions.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.control.SystemEmitters.Changes;
import io.millrace.gateway.control.folder.FolderContent;
import io.millrace.model.emitter.EmitterDefinition;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SystemEmittersTest {

  private static final Duration PATIENCE = Duration.ofSeconds(4);

  private final ManualClock clock = new ManualClock();
  private final SystemEmitters emitters = new SystemEmitters(clock, PATIENCE);
  private final DefinitionView standing = new DefinitionView(() -> {});

  @Test
  void writesWhatIsNew() {
    Changes changes = emitters.changes(folder(file("a")), standing);
    assertThat(changes.write()).containsExactly(file("a"));
    assertThat(changes.remove()).isEmpty();
  }

  @Test
  void leavesWhatIsEqual() {
    standing.changed("a", file("a"));
    assertNothing(emitters.changes(folder(file("a")), standing));
  }

  @Test
  void rewritesWhatDiffersAlsoInType() {
    standing.changed("a", file("a"));
    EmitterDefinition changed = webhook("a", "http://localhost/");
    assertThat(emitters.changes(folder(changed), standing).write()).containsExactly(changed);
  }

  @Test
  void rewritesWhatCannotBeUnderstood() {
    standing.unreadable("a");
    assertThat(emitters.changes(folder(file("a")), standing).write()).containsExactly(file("a"));
  }

  @Test
  void removesAtOnceTheEmitterWhoseFileItHasSeen() {
    standing.changed("a", file("a"));
    assertNothing(emitters.changes(folder(file("a")), standing));
    assertThat(emitters.changes(folder(), standing).remove()).containsExactly("a");
  }

  @Test
  void removesAfterAWhileAnEmitterWhoseFileItHasNotSeen() {
    standing.changed("a", file("a"));
    assertNothing(emitters.changes(folder(), standing));
    assertThat(emitters.remaining()).isEqualTo(PATIENCE.toNanos());
    clock.advance(PATIENCE.minusMillis(1));
    assertNothing(emitters.changes(folder(), standing));
    clock.advance(Duration.ofMillis(1));
    assertThat(emitters.changes(folder(), standing).remove()).containsExactly("a");
  }

  @Test
  void leavesWhatAnotherGatewayHasReadEarlier() {
    standing.changed("a", file("a"));
    assertNothing(emitters.changes(folder(file("a")), standing));
    // The file goes, the other gateway removes the emitter, the file comes, the other is faster.
    standing.changed("a", null);
    assertNothing(emitters.changes(folder(), standing));
    standing.changed("a", file("a"));
    assertNothing(emitters.changes(folder(), standing));
    assertNothing(emitters.changes(folder(file("a")), standing));
    // The file changes, and again the other is faster.
    EmitterDefinition changed = webhook("a", "http://localhost/");
    standing.changed("a", changed);
    assertNothing(emitters.changes(folder(file("a")), standing));
    assertNothing(emitters.changes(folder(changed), standing));
  }

  @Test
  void putsRightAfterAWhileWhatSomebodyElseChanged() {
    standing.changed("a", file("a"));
    assertNothing(emitters.changes(folder(file("a")), standing));
    standing.changed("a", webhook("a", "http://localhost/"));
    assertNothing(emitters.changes(folder(file("a")), standing));
    clock.advance(PATIENCE);
    assertThat(emitters.changes(folder(file("a")), standing).write()).containsExactly(file("a"));
  }

  @Test
  void neverRemovesAnEmitterOfAUserOrOneThatCannotBeUnderstood() {
    standing.changed("a", ownedFile("a", "ada"));
    standing.unreadable("b");
    assertNothing(emitters.changes(folder(), standing));
  }

  @Test
  void leavesTheEmitterOfABrokenFileAsItStands() {
    standing.changed("a", file("a"));
    assertNothing(
        emitters.changes(new FolderContent(Map.of(), Map.of("a.json", "is broken")), standing));
  }

  @Test
  void reportsAFileWhoseNameAUserHasTaken() {
    standing.changed("a", ownedFile("a", "ada"));
    assertNothing(emitters.changes(folder(file("a")), standing));
    assertThat(emitters.conflicts()).containsOnlyKeys("a");
    standing.changed("a", null);
    assertThat(emitters.changes(folder(file("a")), standing).write()).hasSize(1);
    assertThat(emitters.conflicts()).isEmpty();
  }

  @Test
  void writesTheSameAgainOnlyAfterAWaitThatGrows() {
    emitters.done(emitters.changes(folder(file("a")), standing));
    assertNothing(emitters.changes(folder(file("a")), standing));
    clock.advance(PATIENCE);
    for (int millis : new int[] {1000, 2000, 4000}) {
      Changes changes = emitters.changes(folder(file("a")), standing);
      assertThat(changes.write()).hasSize(1);
      emitters.done(changes);
      assertThat(emitters.remaining()).isEqualTo(Duration.ofMillis(millis).toNanos());
      clock.advance(Duration.ofMillis(millis - 1));
      assertNothing(emitters.changes(folder(file("a")), standing));
      clock.advance(Duration.ofMillis(1));
    }
  }

  @Test
  void writesEachNewWishAtOnce() {
    for (int i = 0; i < 10; i++) {
      EmitterDefinition wish = webhook("a", "http://localhost/" + i);
      Changes changes = emitters.changes(folder(wish), standing);
      assertThat(changes.write()).containsExactly(wish);
      emitters.done(changes);
      standing.changed("a", wish);
    }
    assertThat(emitters.changes(folder(), standing).remove()).containsExactly("a");
  }

  private static FolderContent folder(EmitterDefinition... definitions) {
    return new FolderContent(
        Arrays.stream(definitions)
            .collect(Collectors.toMap(EmitterDefinition::id, Function.identity())),
        Map.of());
  }

  private static void assertNothing(Changes changes) {
    assertThat(changes.write()).isEmpty();
    assertThat(changes.remove()).isEmpty();
  }
}
