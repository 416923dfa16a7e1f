package io.millrace.model.identity.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Identities in one file, encrypted, that only its owner can read. Several processes may read and
 * write it at once: a writer locks the others out and replaces the file whole, a reader needs no
 * lock. Safe for use by several threads.
 */
public final class IdentityStore {

  private static final long LOCK_PAUSE_MS = 20;
  private static final int LOCK_TRIES = 500;

  private final Path file;
  private final Seal seal;
  private @Nullable Content content;

  private record Content(String version, Map<String, StoredIdentity> identities) {}

  /** What is to be changed in the identities. */
  @FunctionalInterface
  public interface Change<E extends Exception> {

    /** Alters the identities, by id; what it throws leaves all as it was. */
    void apply(Map<String, StoredIdentity> identities) throws E;
  }

  /** Over a file that may be missing: there is nothing in it then. */
  public IdentityStore(Path file, StoreKey key) {
    this.file = file.toAbsolutePath();
    this.seal = new Seal(key, new SecureRandom());
  }

  /**
   * What the file holds now, by id; it is read again only after it was changed.
   *
   * @throws IOException with a message for a person if the file cannot be read, or not with this
   *     key
   */
  public synchronized Map<String, StoredIdentity> read() throws IOException {
    // Looked at before it is read: a change in between is then seen by the next call.
    String version = version();
    if (content == null || !content.version().equals(version)) {
      content = new Content(version, Map.copyOf(load()));
    }
    return content.identities();
  }

  /**
   * Changes the file, alone among all writers; durable when this returns.
   *
   * @throws IOException with a message for a person if the file cannot be read or written
   */
  public synchronized <E extends Exception> void change(Change<E> change) throws IOException, E {
    try (FileChannel channel = PrivateFile.openLock(sibling(".lock"))) {
      FileLock lock = lock(channel);
      Map<String, StoredIdentity> identities = new LinkedHashMap<>(load());
      change.apply(identities);
      PrivateFile.replace(file, seal.close(StoreJson.write(identities.values())));
      lock.release();
    }
  }

  private Map<String, StoredIdentity> load() throws IOException {
    byte[] sealed;
    try {
      sealed = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      return Map.of();
    }
    try {
      return StoreJson.read(seal.open(sealed));
    } catch (IdentityStoreException e) {
      throw new IdentityStoreException("The file " + file + " " + e.getMessage() + ".", e);
    }
  }

  private String version() throws IOException {
    try {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      return attributes.lastModifiedTime() + "/" + attributes.size() + "/" + attributes.fileKey();
    } catch (NoSuchFileException e) {
      return "missing";
    }
  }

  private Path sibling(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  // Java refuses a second lock within one process at once, and makes it wait in another.
  private FileLock lock(FileChannel channel) throws IOException {
    for (int tries = 0; tries < LOCK_TRIES; tries++) {
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return lock;
        }
      } catch (OverlappingFileLockException e) {
        // Another store of this process has it.
      }
      try {
        Thread.sleep(LOCK_PAUSE_MS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IdentityStoreException("Interrupted while others write the file " + file, e);
      }
    }
    throw new IdentityStoreException("The file " + file + " is being written by others.");
  }
}
