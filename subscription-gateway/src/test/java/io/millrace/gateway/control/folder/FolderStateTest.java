package io.millrace.gateway.control.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.control.folder.EmitterFiles.Raw;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FolderStateTest {

  private static final Raw GOOD = Raw.of("{\"type\":\"Console\"}".getBytes(UTF_8));
  private static final Raw OTHER =
      Raw.of("{\"type\":\"Console\",\"parameters\":{\"output\":\"err\"}}".getBytes(UTF_8));
  private static final Raw HALF = Raw.of("{\"type\":\"Cons".getBytes(UTF_8));
  private static final Raw EMPTY = Raw.of(new byte[0]);
  private static final long SETTLE = FolderState.SETTLE.toNanos();

  private final FolderState state = new FolderState(new EmitterFiles(Path.of("unused")));

  @Test
  void takesAGoodFileAtOnce() {
    take(0);
    assertThat(take(1, GOOD).emitters()).containsOnlyKeys("a");
    FolderContent content = take(2, OTHER);
    assertThat(content.emitters().get("a").parameters().toMap()).containsEntry("output", "err");
    assertThat(state.isSettled()).isTrue();
  }

  @Test
  void takesABrokenFileAsSuchOnlyWhenItStaysSo() {
    FolderContent good = take(0, GOOD);
    assertThat(take(1, HALF)).isEqualTo(good);
    assertThat(state.isSettled()).isFalse();
    assertThat(take(SETTLE, HALF)).isEqualTo(good);
    FolderContent broken = take(SETTLE + 1, HALF);
    assertThat(broken.emitters()).isEmpty();
    assertThat(broken.broken().get("a.json")).contains("line 1");
    assertThat(broken.isBroken("a")).isTrue();
    assertThat(state.isSettled()).isTrue();
    assertThat(take(SETTLE + 2, GOOD)).isEqualTo(good);
  }

  @Test
  void doesNotFlapWhileAFileIsEmptiedAndWritten() {
    FolderContent good = take(0, GOOD);
    assertThat(take(1, EMPTY)).isEqualTo(good);
    assertThat(take(SETTLE - 1, HALF)).isEqualTo(good);
    assertThat(take(SETTLE + 10, HALF)).isEqualTo(good);
    assertThat(take(SETTLE + 20, OTHER).broken()).isEmpty();
  }

  @Test
  void doesNotFlapWhileAFileIsDeletedAndWritten() {
    FolderContent good = take(0, GOOD);
    assertThat(take(1)).isEqualTo(good);
    assertThat(take(SETTLE)).isEqualTo(good);
    assertThat(take(SETTLE + 1, GOOD)).isEqualTo(good);
  }

  @Test
  void forgetsAFileThatStaysAway() {
    take(0, GOOD);
    take(1);
    assertThat(take(SETTLE + 1).emitters()).isEmpty();
    assertThat(state.isSettled()).isTrue();
  }

  @Test
  void knowsABrokenFileAtTheStart() {
    assertThat(take(0, HALF).broken()).containsOnlyKeys("a.json");
  }

  private FolderContent take(long now) {
    return state.take(Map.of(), now);
  }

  private FolderContent take(long now, Raw file) {
    return state.take(Map.of("a.json", file), now);
  }
}
