package io.millrace.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a folder for one process, until closed or until the process ends, however it ends. Keep it
 * in a field: a lock that is collected is a lock released.
 */
public final class FolderLock implements AutoCloseable {

  private static final String FILE = "lock";

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks a folder, which is created if it is missing.
   *
   * @throws StartRefusedException if another process, or another part of this one, has it
   * @throws UncheckedIOException if the folder cannot be written
   */
  public static FolderLock acquire(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new StartRefusedException(
            "The data folder " + folder.toAbsolutePath() + " is in use by another process.");
      }
      return new FolderLock(channel);
    } catch (IOException e) {
      throw new UncheckedIOException("the folder " + folder + " cannot be locked", e);
    }
  }

  /** Lets the folder go. The file stays: removing it would race with the next owner. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }
}
