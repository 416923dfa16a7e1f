package io.millrace.model.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;

/**
 * What the next entry of a chain is tied to.
 *
 * @param sequence the entry's place in its chain; the first is 1
 * @param hash in hexadecimal, 64 digits
 * @param time when the entry was recorded, in whole milliseconds
 */
public record ChainLink(long sequence, String hash, Instant time) {

  /** Before the first entry. */
  public static final ChainLink START = new ChainLink(0, "0".repeat(64), Instant.EPOCH);

  /** Whether a text is a hash. */
  static boolean isHash(String text) {
    return text.length() == 64
        && text.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
  }

  /**
   * The entry that follows. Its time is never before this one's.
   *
   * @param event a JSON document in {@linkplain CanonicalJson canonical form}
   */
  public AuditEntry next(Instant now, byte[] event) {
    Instant whole = now.truncatedTo(ChronoUnit.MILLIS);
    Instant later = whole.isBefore(time) ? time : whole;
    long place = sequence + 1;
    return new AuditEntry(place, later, hash, hash(hash, place, later.toString(), event), event);
  }

  /** SHA-256 over the previous hash, sequence, time and event, a line feed between each two. */
  static String hash(String previous, long sequence, String time, byte[] event) {
    MessageDigest digest = sha256();
    String head = previous + '\n' + sequence + '\n' + time + '\n';
    digest.update(head.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest.digest(event));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
