package io.millrace.emitter.lane;

import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * One event that is handed to an endpoint.
 *
 * @param emitterId the emitter that hands it out
 * @param partition where its record stands: the emitter's own topic, in direct mode any topic
 * @param offset of its record in the partition
 * @param timestamp of its record; absent if it has none
 * @param event what is handed out
 */
public record Emission(
    String emitterId,
    TopicPartition partition,
    long offset,
    @Nullable Instant timestamp,
    CloudEvent event) {

  private static final int KEY_BYTES = 18;

  /**
   * 24 letters, digits, dashes and underscores that are the same whenever this event is handed out
   * by this emitter: in every retry, after a restart, and in a replay.
   *
   * <p>Made of the emitter's id and the event's source and id, not of the record's place: the same
   * event may stand twice in the log after a crash of whoever wrote it, and an emitter that was
   * removed and registered anew begins with offset 0 again, where a new event would have the key of
   * an old one. CloudEvents promises that events with equal source and id are the same.
   */
  public String idempotencyKey() {
    MessageDigest digest = sha256();
    for (String part : new String[] {emitterId, event.getSource().toString(), event.getId()}) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
      digest.update(bytes);
    }
    return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest.digest(), KEY_BYTES));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
