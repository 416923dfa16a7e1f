package io.millrace.emitter.webhook;

import io.millrace.emitter.http.Post;
import io.millrace.model.identity.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;

/**
 * Signs requests with every secret of an identity. Safe for use by several threads. Source:
 * Standard Webhooks 1.0.0, signature scheme.
 */
final class Signer {

  static final String ID = "webhook-id";
  static final String TIMESTAMP = "webhook-timestamp";
  static final String SIGNATURE = "webhook-signature";

  private record Named(String version, Key key) {}

  private final List<Named> keys;

  Signer(List<SigningSecret> secrets) {
    keys =
        secrets.stream()
            .map(
                secret ->
                    new Named(secret instanceof SigningSecret.Shared ? "v1" : "v1a", secret.key()))
            .toList();
  }

  /**
   * The signatures, divided by spaces.
   *
   * @param seconds when the request is sent, since the epoch
   */
  String signature(String id, long seconds, Post.Body body) {
    byte[] head = (id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8);
    StringBuilder signatures = new StringBuilder();
    for (Named key : keys) {
      byte[] signature = sign(key.key(), head, body.bytes());
      signatures
          .append(signatures.isEmpty() ? "" : " ")
          .append(key.version())
          .append(',')
          .append(Base64.getEncoder().encodeToString(signature));
    }
    return signatures.toString();
  }

  private static byte[] sign(Key key, byte[] head, byte[] body) {
    try {
      if (key instanceof PrivateKey privateKey) {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(privateKey);
        signature.update(head);
        signature.update(body);
        return signature.sign();
      }
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      mac.update(head);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a Java without HMAC or Ed25519", e);
    }
  }
}
