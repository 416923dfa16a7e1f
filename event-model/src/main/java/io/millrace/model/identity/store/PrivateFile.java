package io.millrace.model.identity.store;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;

/** Files that only their owner can read, whole or not there, also after a power cut. */
final class PrivateFile {

  private PrivateFile() {}

  /**
   * Writes a file that is not there yet.
   *
   * @throws java.nio.file.FileAlreadyExistsException if it is
   */
  static void writeNew(Path file, byte[] content) throws IOException {
    Path whole = writeBeside(file, content);
    try {
      Files.move(whole, file);
    } finally {
      Files.deleteIfExists(whole);
    }
    sync(folder(file));
  }

  /** Replaces a file: a reader sees the old content or the new one. */
  static void replace(Path file, byte[] content) throws IOException {
    Path whole = writeBeside(file, content);
    try {
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(whole);
    }
    sync(folder(file));
  }

  /** Opens a file for locking; it is made if it is missing, and never removed. */
  static FileChannel openLock(Path file) throws IOException {
    Files.createDirectories(folder(file));
    return FileChannel.open(
        file, EnumSet.of(StandardOpenOption.CREATE, WRITE), ownerOnly(folder(file)));
  }

  private static Path writeBeside(Path file, byte[] content) throws IOException {
    Path folder = folder(file);
    Files.createDirectories(folder);
    Path temporary = folder.resolve("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
    try (FileChannel channel =
        FileChannel.open(temporary, Set.of(CREATE_NEW, WRITE), ownerOnly(folder))) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    } catch (IOException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
    return temporary;
  }

  private static Path folder(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      throw new IOException("not the name of a file: " + file);
    }
    return folder;
  }

  private static FileAttribute<?>[] ownerOnly(Path folder) throws IOException {
    return Files.getFileStore(folder).supportsFileAttributeView("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void sync(Path folder) throws IOException {
    if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
