package io.millrace.gateway.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Collection;
import java.util.List;

/**
 * Tells by looking whether files have changed, since mounted ones (such as Kubernetes secrets)
 * raise no file system events. To be looked at before the files are read: what is written in
 * between is then seen by the next look. For use by one thread at a time.
 */
public final class FileWatch {

  private static final List<String> UNKNOWN = List.of();

  private final Selection selection;
  private List<String> seen = UNKNOWN;

  /** Looks for the first time when it is asked for the first time. */
  public FileWatch(Collection<Path> files) {
    List<Path> fixed = List.copyOf(files);
    this.selection = () -> fixed;
  }

  /** The same, of files that may become others. */
  public FileWatch(Selection selection) {
    this.selection = selection;
  }

  /** Which files there are now. */
  @FunctionalInterface
  public interface Selection {
    Collection<Path> files() throws IOException;
  }

  /** Whether something is different from the last look; the first one says yes. */
  public boolean changed() {
    List<String> now = look();
    boolean changed = !now.equals(seen);
    seen = now;
    return changed;
  }

  /** The next look says yes, whatever it sees. */
  public void forget() {
    seen = UNKNOWN;
  }

  private List<String> look() {
    try {
      return selection.files().stream().map(file -> file + "=" + look(file)).toList();
    } catch (IOException e) {
      return List.of("unreadable");
    }
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
