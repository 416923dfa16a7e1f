package io.millrace.gateway.audit;

import io.millrace.gateway.http.BodySource;
import io.millrace.model.audit.AuditEntry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Entries as they are downloaded, a poll of Kafka at a time. */
final class DownloadBody implements BodySource {

  private final LogReader reader;
  private final AuditFormat format;
  private final Entitled entitled;
  private final boolean pretty;
  private final Runnable onClose;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final @Nullable GZIPOutputStream gzip;
  private boolean begun;
  private boolean empty = true;
  private boolean ended;
  private boolean closed;

  /** Reads nothing yet. */
  DownloadBody(
      LogReader reader,
      AuditFormat format,
      Entitled entitled,
      boolean pretty,
      boolean compressed,
      Runnable onClose)
      throws IOException {
    this.reader = reader;
    this.format = format;
    this.entitled = entitled;
    this.pretty = pretty;
    this.onClose = onClose;
    this.gzip = compressed ? new GZIPOutputStream(out, 8192) : null;
  }

  @Override
  public @Nullable ByteBuffer next() throws IOException, InterruptedException {
    if (ended) {
      return null;
    }
    List<AuditEntry> entries = reader.next();
    ByteArrayOutputStream text = new ByteArrayOutputStream(1 << 16);
    if (!begun) {
      begun = true;
      format.begin(text);
    }
    if (entries == null) {
      ended = true;
      format.end(empty, text);
    } else {
      for (AuditEntry entry : entries) {
        if (entitled.test(entry)) {
          format.append(entry, empty, pretty, text);
          empty = false;
        }
      }
    }
    return gzip == null ? ByteBuffer.wrap(text.toByteArray()) : compressed(text, gzip);
  }

  private ByteBuffer compressed(ByteArrayOutputStream text, GZIPOutputStream into)
      throws IOException {
    text.writeTo(into);
    if (ended) {
      into.finish();
    }
    byte[] bytes = out.toByteArray();
    out.reset();
    return ByteBuffer.wrap(bytes);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        reader.close();
      } finally {
        onClose.run();
      }
    }
  }
}
