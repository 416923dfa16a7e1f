package io.millrace.gateway.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Tells by looking whether files have changed, since mounted ones (such as Kubernetes secrets)
 * raise no file system events. To be looked at before the files are read: what is written in
 * between is then seen by the next look. For use by one thread at a time.
 */
public final class FileWatch {

  private static final List<String> UNKNOWN = List.of();

  private final List<Path> files;
  private List<String> seen = UNKNOWN;

  /** Looks for the first time when it is asked for the first time. */
  public FileWatch(Collection<Path> files) {
    this.files = List.copyOf(files);
  }

  /** Whether something is different from the last look; the first one says yes. */
  public boolean changed() {
    List<String> now = new ArrayList<>();
    files.forEach(file -> now.add(look(file)));
    boolean changed = !now.equals(seen);
    seen = now;
    return changed;
  }

  /** The next look says yes, whatever it sees. */
  public void forget() {
    seen = UNKNOWN;
  }

  private static String look(Path file) {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + "/" + attributes.size() + "/" + attributes.fileKey();
    } catch (IOException e) {
      return "unreadable";
    }
  }
}
