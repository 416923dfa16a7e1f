package io.millrace.emitter.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder that all files must be in, links followed; or none, and files may be anywhere.
 *
 * @param folder absent for anywhere
 */
record BaseFolder(@Nullable Path folder) {

  static final BaseFolder ANYWHERE = new BaseFolder(null);

  /** A path that leads out of the folder. */
  static final class OutsideException extends IOException {
    private static final long serialVersionUID = 1L;

    OutsideException(Path file) {
      super(file + " is not in the folder that files must be in");
    }
  }

  /** The absolute path; a relative one begins in the folder. */
  Path resolve(Path path) {
    return folder == null
        ? path.toAbsolutePath().normalize()
        : folder.toAbsolutePath().resolve(path).normalize();
  }

  /** Whether the path, as it is written, is in the folder. */
  boolean contains(Path path) {
    return folder == null || resolve(path).startsWith(folder.toAbsolutePath().normalize());
  }

  /**
   * To be called before a file is opened or folders are made for it.
   *
   * @throws OutsideException if the file is, or would be, outside
   * @throws IOException if that cannot be found out
   */
  void check(Path file) throws IOException {
    if (folder == null) {
      return;
    }
    if (!contains(file)) {
      throw new OutsideException(file);
    }
    Files.createDirectories(folder);
    Path existing = file;
    while (existing != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
      existing = existing.getParent();
    }
    // A link to nothing would become a file wherever it points to.
    if (existing == null
        || !Files.exists(existing)
        || !existing.toRealPath().startsWith(folder.toRealPath())) {
      throw new OutsideException(file);
    }
  }
}
