package io.millrace.gateway.control.folder;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until something happens in a folder and it is quiet again. What happened is of no interest:
 * events get lost, so the folder is read anyway. For use by one thread.
 */
final class FolderWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
  private static final Duration QUIET = Duration.ofMillis(50);
  private static final int MOST_QUIET_WAITS = 10;

  private final @Nullable WatchService service;

  private FolderWatch(@Nullable WatchService service) {
    this.service = service;
  }

  /** Where the system has no watch left to give, waiting is by time alone. */
  static FolderWatch of(Path folder) throws IOException {
    WatchService service;
    try {
      service = folder.getFileSystem().newWatchService();
    } catch (IOException e) {
      LOG.warn("Folders cannot be watched here, {} is only read from time to time", folder, e);
      return new FolderWatch(null);
    }
    try {
      folder.register(
          service,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
    } catch (IOException e) {
      service.close();
      throw e;
    }
    return new FolderWatch(service);
  }

  /** Returns after an event or the time-out; false when the folder is no longer watched. */
  boolean await(Duration timeout) throws InterruptedException {
    if (service == null) {
      TimeUnit.NANOSECONDS.sleep(timeout.toNanos());
      return true;
    }
    WatchKey key = service.poll(timeout.toNanos(), TimeUnit.NANOSECONDS);
    // A writer that never rests must not keep us from reading.
    for (int i = 0; key != null && i < MOST_QUIET_WAITS; i++) {
      key.pollEvents();
      if (!key.reset()) {
        return false;
      }
      key = service.poll(QUIET.toNanos(), TimeUnit.NANOSECONDS);
    }
    if (key != null) {
      key.pollEvents();
      return key.reset();
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    if (service != null) {
      service.close();
    }
  }
}
