package io.millrace.model.identity;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.common.config.types.Password;

/** Signs messages as Standard Webhooks has it. Its text never shows the secret. */
public sealed interface SigningSecret {

  /** What a secret looks like, as the end of "must be …". */
  String RULE =
      "whsec_ and 24 to 64 bytes in base64, or whsk_ and an ed25519 private key (32 bytes, or 64"
          + " with the public key behind) in base64";

  /** The secret as it was written, with its prefix. */
  Password text();

  /** For {@code HmacSHA256} or {@code Ed25519}, as the type says. */
  Key key();

  /** Shared with the receiver: signatures {@code v1}. */
  record Shared(Password text) implements SigningSecret {

    static final String PREFIX = "whsec_";

    public Shared {
      requireLength(bytes(text, PREFIX), 24, 64);
    }

    @Override
    public Key key() {
      return new SecretKeySpec(bytes(text, PREFIX), "HmacSHA256");
    }
  }

  /** The private half of a pair: signatures {@code v1a}. */
  record Ed25519(Password text) implements SigningSecret {

    static final String PREFIX = "whsk_";
    private static final int SEED = 32;

    public Ed25519 {
      byte[] bytes = bytes(text, PREFIX);
      if (bytes.length != SEED && bytes.length != 2 * SEED) {
        throw new IllegalArgumentException("must be " + RULE);
      }
    }

    @Override
    public Key key() {
      byte[] seed = Arrays.copyOf(bytes(text, PREFIX), SEED);
      try {
        return KeyFactory.getInstance("Ed25519")
            .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("a Java without Ed25519", e);
      }
    }
  }

  /** The secret of that text; empty if it is none. */
  static Optional<SigningSecret> of(String text) {
    try {
      Password secret = new Password(text);
      return Optional.of(
          text.startsWith(Ed25519.PREFIX) ? new Ed25519(secret) : new Shared(secret));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static byte[] bytes(Password text, String prefix) {
    if (!text.value().startsWith(prefix)) {
      throw new IllegalArgumentException("must be " + RULE);
    }
    return Base64.getDecoder().decode(text.value().substring(prefix.length()));
  }

  private static void requireLength(byte[] bytes, int least, int most) {
    if (bytes.length < least || bytes.length > most) {
      throw new IllegalArgumentException("must be " + RULE);
    }
  }
}
