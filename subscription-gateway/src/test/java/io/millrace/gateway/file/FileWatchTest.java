package io.millrace.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileWatchTest {

  @TempDir private Path folder;
  private Path one;
  private Path two;
  private FileWatch watch;

  @BeforeEach
  void write() throws Exception {
    one = Files.writeString(folder.resolve("one"), "1");
    two = Files.writeString(folder.resolve("two"), "2");
    watch = new FileWatch(List.of(one, two));
    assertThat(watch.changed()).isTrue();
  }

  @Test
  void isQuietWhileNothingChanges() {
    assertThat(watch.changed()).isFalse();
  }

  @Test
  void seesEachOfItsFiles() throws Exception {
    Files.writeString(two, "longer");
    assertThat(watch.changed()).isTrue();
    assertThat(watch.changed()).isFalse();
  }

  @Test
  void seesAFileThatGoesAndComesAgain() throws Exception {
    Files.delete(one);
    assertThat(watch.changed()).isTrue();
    assertThat(watch.changed()).isFalse();
    Files.writeString(one, "1");
    assertThat(watch.changed()).isTrue();
  }

  /** As Kubernetes changes what it mounts. */
  @Test
  void seesThatALinkPointsElsewhere() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), one);
    FileWatch linked = new FileWatch(List.of(link));
    linked.changed();
    Path next = Files.createSymbolicLink(folder.resolve("next"), two);
    Files.move(next, link, StandardCopyOption.REPLACE_EXISTING);
    assertThat(linked.changed()).isTrue();
  }

  @Test
  void saysYesAfterItWasToldToForget() {
    watch.forget();
    assertThat(watch.changed()).isTrue();
  }
}
