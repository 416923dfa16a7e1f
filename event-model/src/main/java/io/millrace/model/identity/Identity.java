package io.millrace.model.identity;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * What an emitter proves itself with: who it is (credentials), that a message is its own (signing
 * secrets), or both. Its text never shows a secret.
 *
 * @param credentials absent where messages are only signed
 * @param signingSecrets each signs every message, so that a receiver may change its secret when it
 *     likes; empty where messages are not signed
 */
public record Identity(@Nullable Credentials credentials, List<SigningSecret> signingSecrets) {

  static final String TYPE = "type";
  static final String SIGNING_SECRETS = "signingSecrets";

  public Identity {
    signingSecrets = List.copyOf(signingSecrets);
    if (credentials == null && signingSecrets.isEmpty()) {
      throw new IllegalArgumentException("an identity without credentials or signing secrets");
    }
  }

  /**
   * Reads the flat form: one text a field, as a ConfigProvider holds it. Extra parameters are named
   * {@code parameters.<name>}, signing secrets are separated by white space or commas.
   *
   * @throws InvalidIdentityException with everything that is wrong, in words without secrets
   */
  public static Identity read(Map<String, String> fields) throws InvalidIdentityException {
    return new IdentityReader(fields).read();
  }

  /** The flat form. A value is a {@link String} or, where it is secret, a {@link Password}. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    if (credentials != null) {
      fields.put(TYPE, credentials.type());
      fields.putAll(credentials.fields());
    }
    if (!signingSecrets.isEmpty()) {
      fields.put(
          SIGNING_SECRETS,
          new Password(
              signingSecrets.stream()
                  .map(secret -> secret.text().value())
                  .collect(Collectors.joining(" "))));
    }
    return fields;
  }
}
