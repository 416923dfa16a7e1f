package io.millrace.gateway.control.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the folder of system emitters on a daemon thread of its own. While the folder cannot be
 * read, what it said last stays: an unmounted disk removes no emitters.
 */
public final class SystemEmitterFolder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SystemEmitterFolder.class);

  private final Path folder;
  private final EmitterFiles files;
  private final Duration rescan;
  private final LongSupplier nanos;
  private final Runnable onChange;
  private final Thread thread;
  private volatile @Nullable FolderContent content;
  private volatile @Nullable String trouble;
  private volatile boolean closing;

  private SystemEmitterFolder(Path folder, Duration rescan, LongSupplier nanos, Runnable onChange) {
    this.folder = folder;
    this.files = new EmitterFiles(folder);
    this.rescan = rescan;
    this.nanos = nanos;
    this.onChange = onChange;
    this.thread = new Thread(this::run, "millrace-system-emitters");
    this.thread.setDaemon(true);
  }

  /**
   * Creates the folder when it is missing, and begins to watch it.
   *
   * @param rescan how often the folder is read although nothing was heard of it
   * @param onChange called on the watching thread when the content is another than before
   * @throws IOException if the folder can neither be found nor created
   */
  public static SystemEmitterFolder start(
      Path folder, Duration rescan, LongSupplier nanos, Runnable onChange) throws IOException {
    if (!Files.isDirectory(folder)) { // A link to a folder is one.
      Files.createDirectories(folder);
    }
    var watched = new SystemEmitterFolder(folder, rescan, nanos, onChange);
    watched.thread.start();
    return watched;
  }

  /** What the folder says; empty until it has been read for the first time. */
  public Optional<FolderContent> content() {
    return Optional.ofNullable(content);
  }

  /** Why the folder cannot be read now; empty when it can. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(5).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    FolderState state = new FolderState(files);
    while (!closing) {
      try (FolderWatch watch = FolderWatch.of(folder)) {
        do {
          publish(state.take(files.read(), nanos.getAsLong()));
        } while (watch.await(state.isSettled() ? rescan : FolderState.SETTLE));
      } catch (IOException e) {
        unreadable(e);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void publish(FolderContent read) {
    trouble = null;
    if (!read.equals(content)) {
      content = read;
      onChange.run();
    }
  }

  private void unreadable(IOException e) {
    if (trouble == null) {
      LOG.warn("The system-emitters folder {} cannot be read; its emitters stay", folder, e);
    }
    trouble = "cannot be read: " + e;
    try {
      Thread.sleep(rescan.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt(); // The next wait ends at once.
    }
  }
}
