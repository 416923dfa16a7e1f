package io.millrace.emitter.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseFolderTest {

  @TempDir private Path folder;
  private Path inside;
  private Path outside;
  private BaseFolder base;

  @BeforeEach
  void link() throws IOException {
    inside = Files.createDirectory(folder.resolve("in"));
    outside = Files.createDirectory(folder.resolve("out"));
    base = new BaseFolder(inside);
    Files.createDirectory(inside.resolve("sub"));
    Files.createSymbolicLink(inside.resolve("away"), outside);
    Files.createSymbolicLink(inside.resolve("home"), inside.resolve("sub"));
    Files.createSymbolicLink(inside.resolve("dangling"), outside.resolve("none"));
    Files.createSymbolicLink(inside.resolve("loop"), inside.resolve("loop"));
    Files.writeString(outside.resolve("file"), "");
    Files.createSymbolicLink(inside.resolve("file"), outside.resolve("file"));
  }

  @ParameterizedTest
  @CsvSource({
    "a.log, true",
    "sub/a.log, true",
    "new/folder/a.log, true",
    "sub/../a.log, true",
    "home/a.log, true",
    "../a.log, false",
    "../in-and-out/a.log, false",
    "sub/../../out/a.log, false",
    "away/a.log, false",
    "away/new/a.log, false",
    "dangling, false",
    "loop, false",
    "file, false"
  })
  void filesAreInTheFolderHoweverTheirPathIsWritten(String path, boolean allowed) {
    Path file = base.resolve(Path.of(path));
    if (allowed) {
      assertThatCode(() -> base.check(file)).doesNotThrowAnyException();
    } else {
      assertThatThrownBy(() -> base.check(file)).isInstanceOf(BaseFolder.OutsideException.class);
    }
  }

  @Test
  void absolutePathsMustBeInItToo() {
    assertThat(base.contains(inside.resolve("a.log"))).isTrue();
    assertThat(base.contains(outside.resolve("a.log"))).isFalse();
    assertThat(base.contains(Path.of(inside + "-and-out/a.log"))).isFalse();
  }

  @Test
  void theFolderItselfMayBeReachedByALink() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), inside);
    BaseFolder linked = new BaseFolder(link);
    linked.check(linked.resolve(Path.of("a.log")));
    assertThatThrownBy(() -> linked.check(linked.resolve(Path.of("away/a.log"))))
        .isInstanceOf(BaseFolder.OutsideException.class);
  }

  @Test
  void withoutOneFilesMayBeAnywhere() throws IOException {
    BaseFolder.ANYWHERE.check(outside.resolve("a.log"));
    assertThat(BaseFolder.ANYWHERE.contains(outside)).isTrue();
  }
}
