package io.millrace.model.identity.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts with AES-256-GCM. What is sealed is a line that names the format and the key, which is
 * authenticated too, then a random nonce, then the encrypted content and its tag.
 */
final class Seal {

  private static final String FORMAT = "millrace-identities 1 ";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private final StoreKey key;
  private final SecureRandom random;

  Seal(StoreKey key, SecureRandom random) {
    this.key = key;
    this.random = random;
  }

  byte[] close(byte[] content) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] head = head();
    try {
      byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, head).doFinal(content);
      return ByteBuffer.allocate(head.length + NONCE + encrypted.length)
          .put(head)
          .put(nonce)
          .put(encrypted)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has " + CIPHER, e);
    }
  }

  /**
   * The content.
   *
   * @throws IdentityStoreException whose message completes "The file …"
   */
  byte[] open(byte[] sealed) throws IdentityStoreException {
    byte[] head = head();
    int start = head.length + NONCE;
    if (!startsWith(sealed, FORMAT.getBytes(US_ASCII))) {
      throw new IdentityStoreException("is no file of identities, or a newer Millrace wrote it");
    }
    if (sealed.length < start + TAG_BITS / Byte.SIZE) {
      throw new IdentityStoreException("is cut off");
    }
    if (!startsWith(sealed, head)) {
      throw new IdentityStoreException(
          "was written with another key (the one at hand is %s)".formatted(key.id()));
    }
    try {
      return cipher(Cipher.DECRYPT_MODE, Arrays.copyOfRange(sealed, head.length, start), head)
          .doFinal(sealed, start, sealed.length - start);
    } catch (AEADBadTagException e) {
      throw new IdentityStoreException("was altered or damaged after it was written", e);
    } catch (GeneralSecurityException e) {
      throw new IdentityStoreException("cannot be decrypted", e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, byte[] head) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(head);
    return cipher;
  }

  private byte[] head() {
    return (FORMAT + key.id() + "\n").getBytes(US_ASCII);
  }

  private static boolean startsWith(byte[] bytes, byte[] start) {
    return bytes.length >= start.length
        && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
  }
}
