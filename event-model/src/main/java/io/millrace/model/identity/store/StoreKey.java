package io.millrace.model.identity.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The key of a file of identities: 32 bytes, written in base64. Its text never shows it. */
public final class StoreKey {

  /** The environment variable that holds the key; it wins over a file. */
  public static final String VARIABLE = "MILLRACE_IDENTITIES_KEY";

  private static final int LENGTH = 32;
  private static final int ID_LENGTH = 4;

  private final byte[] bytes;

  private StoreKey(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The key from the environment or, where it is not there, from a file.
   *
   * @param environment of the process
   * @param file may be absent
   * @throws IdentityStoreException if there is no key, or none that can be used
   */
  public static StoreKey find(Map<String, String> environment, @Nullable Path file)
      throws IdentityStoreException {
    String text = environment.get(VARIABLE);
    if (text != null && !text.isBlank()) {
      return of(text, "the environment's " + VARIABLE);
    }
    if (file == null) {
      throw new IdentityStoreException(
          "There is no key for identities: set "
              + VARIABLE
              + " to 32 random bytes in base64, or name a file that holds them.");
    }
    return read(file);
  }

  /** Reads the key from a file. */
  static StoreKey read(Path file) throws IdentityStoreException {
    try {
      return of(Files.readString(file, US_ASCII), "the file " + file);
    } catch (IdentityStoreException e) {
      throw e;
    } catch (IOException e) {
      // A decoder's message would quote the content.
      throw new IdentityStoreException(
          "The key file " + file + " cannot be read: " + e.getClass().getSimpleName());
    }
  }

  /**
   * Writes a new random key to a file that only its owner can read, unless the file is there.
   *
   * @return whether a key was written
   */
  public static boolean generate(Path file, SecureRandom random) throws IOException {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    String text = Base64.getEncoder().encodeToString(bytes) + "\n";
    try {
      PrivateFile.writeNew(file, text.getBytes(US_ASCII));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static StoreKey of(String text, String where) throws IdentityStoreException {
    byte[] bytes = new byte[0];
    try {
      bytes = Base64.getDecoder().decode(text.strip());
    } catch (IllegalArgumentException e) {
      // Told below, as it is not 32 bytes; the text stays out of the message.
    }
    if (bytes.length != LENGTH) {
      throw new IdentityStoreException(
          "The key of identities in " + where + " must be 32 random bytes in base64.");
    }
    return new StoreKey(bytes);
  }

  SecretKey secret() {
    return new SecretKeySpec(bytes, "AES");
  }

  /** Tells one key from another, and nothing about it. */
  String id() {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
      byte[] hash = mac.doFinal("millrace identities key id".getBytes(US_ASCII));
      return HexFormat.of().formatHex(Arrays.copyOf(hash, ID_LENGTH));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HmacSHA256", e);
    }
  }

  @Override
  public String toString() {
    return "key " + id();
  }
}
