package io.millrace.emitter.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file, or one after the other, that lines are appended to. Safe for use by several threads: a
 * lane goes on from whatever thread ended an attempt, such as the one that wrote a dead letter.
 *
 * <p>After any error it is closed, and opened anew by the next line; half a line that was left
 * there, or by a process that died, is then ended first, so that it cannot spoil the next.
 */
final class AppendedFile {

  private static final Logger LOG = LoggerFactory.getLogger(AppendedFile.class);

  private final Supplier<Path> where;
  private final BaseFolder base;
  private @Nullable FileChannel channel;
  private @Nullable Path path;
  private boolean dirty;
  private long losses;

  /**
   * Opens nothing yet.
   *
   * @param where the file that the next line belongs to
   * @param base the folder that it must be in
   */
  AppendedFile(Supplier<Path> where, BaseFolder base) {
    this.where = where;
    this.base = base;
  }

  /** Appends a line, which brings its own line end. */
  synchronized void append(byte[] line) throws IOException {
    Path wanted = where.get();
    if (!wanted.equals(path)) {
      close();
    }
    FileChannel opened = channel == null ? open(wanted) : channel;
    try {
      dirty = true;
      write(opened, line);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  /**
   * Waits until the disk has everything, and lets go of the file: it may have been moved away, or
   * be that of an emitter which is no longer there. The next line opens it again.
   */
  synchronized void flush() {
    close();
  }

  /**
   * How often lines that were appended without an error may have been lost all the same. Grows when
   * {@link #flush}, or the change to the next file, fails.
   */
  synchronized long losses() {
    return losses;
  }

  synchronized void close() {
    FileChannel open = channel;
    channel = null;
    if (open == null) {
      return;
    }
    try (open) {
      if (dirty) {
        open.force(false);
      }
    } catch (IOException e) {
      lost(e);
    }
    dirty = false;
  }

  private void lost(IOException e) {
    losses++;
    dirty = false;
    LOG.warn("{} could not be forced to disk, its last events are written again", path, e);
  }

  private FileChannel open(Path wanted) throws IOException {
    base.check(wanted);
    Path parent = wanted.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    FileChannel opened =
        FileChannel.open(wanted, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    try {
      if (endsWithinLine(wanted)) {
        dirty = true;
        write(opened, new byte[] {'\n'});
      }
    } catch (IOException e) {
      opened.close();
      throw e;
    }
    path = wanted;
    channel = opened;
    return opened;
  }

  // A channel that appends cannot read, hence another one.
  private static boolean endsWithinLine(Path file) throws IOException {
    try (FileChannel reader = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = reader.size();
      ByteBuffer last = ByteBuffer.allocate(1);
      return size > 0 && reader.read(last, size - 1) == 1 && last.get(0) != '\n';
    }
  }

  private static void write(FileChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
