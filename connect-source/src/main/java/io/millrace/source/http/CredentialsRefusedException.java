package io.millrace.source.http;

import java.io.Serial;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/** The vendor does not let the source in as who it says it is; a person has to mend that. */
public final class CredentialsRefusedException extends ConnectException {

  @Serial private static final long serialVersionUID = 1L;

  /** With a whole sentence. */
  public CredentialsRefusedException(String sentence, @Nullable Throwable cause) {
    super(sentence, cause);
  }

  /**
   * Credentials were given, and not taken.
   *
   * @param answer what the vendor says, as the beginning of a sentence
   */
  public static CredentialsRefusedException after(String answer) {
    return new CredentialsRefusedException(
        answer + ": check the identity, whose credentials are wrong, expired, or lack rights",
        null);
  }
}
