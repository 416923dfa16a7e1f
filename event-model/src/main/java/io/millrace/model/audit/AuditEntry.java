package io.millrace.model.audit;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * One event in an audit log. Immutable, as long as nobody changes the event's bytes.
 *
 * @param sequence place in the chain; the first is 1
 * @param time when it was recorded; never before the entry before it
 * @param previous hash of the entry before
 * @param hash over all of the others
 * @param event a CloudEvents JSON document in canonical form
 */
@SuppressWarnings(
    "ArrayRecordComponent") // Millions of them pass through: the bytes are not copied.
public record AuditEntry(long sequence, Instant time, String previous, String hash, byte[] event) {

  /** What the next entry is tied to. */
  public ChainLink link() {
    return new ChainLink(sequence, hash, time);
  }

  /** Appends the entry as a JSON document without line breaks. */
  public void appendTo(ByteArrayOutputStream out) {
    String head =
        "{\"sequence\":"
            + sequence
            + ",\"time\":\""
            + time
            + "\",\"previous\":\""
            + previous
            + "\",\"hash\":\""
            + hash
            + "\",\"event\":";
    out.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    out.writeBytes(event);
    out.write('}');
  }
}
