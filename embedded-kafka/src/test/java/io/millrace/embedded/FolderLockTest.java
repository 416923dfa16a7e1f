package io.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderLockTest {

  @TempDir Path folder;

  @Test
  void createsTheFolderAndCanBeTakenAgainOnceClosed() {
    Path missing = folder.resolve("a/b");
    FolderLock.acquire(missing).close();
    FolderLock.acquire(missing).close();
    assertThat(Files.isDirectory(missing)).isTrue();
  }

  @Test
  void secondOwnerIsRefused() {
    try (FolderLock first = FolderLock.acquire(folder)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> FolderLock.acquire(folder))
          .isInstanceOf(StartRefusedException.class)
          .hasMessage("The data folder " + folder + " is in use by another process.");
    }
  }
}
