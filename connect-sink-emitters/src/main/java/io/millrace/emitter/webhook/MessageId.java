package io.millrace.emitter.webhook;

import io.millrace.emitter.lane.Emission;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** The id of a request, the same whenever the same events are sent by the same emitter. */
final class MessageId {

  private static final int BYTES = 18;

  private MessageId() {}

  /** Of one event its idempotency key; of several a digest of theirs, in their order. */
  static String of(List<Emission> emissions) {
    if (emissions.size() == 1) {
      return emissions.get(0).idempotencyKey();
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Emission emission : emissions) {
        digest.update(emission.idempotencyKey().getBytes(StandardCharsets.US_ASCII));
      }
      return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest.digest(), BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
