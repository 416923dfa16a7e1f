package io.millrace.source.push;

import io.millrace.source.http.Authorization;
import io.millrace.source.http.CredentialsRefusedException;
import java.io.IOException;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;

/**
 * The credentials of connections. When they are not taken, others are tried once, if there are any.
 * For one thread.
 */
public final class Login {

  private final Authorization authorization;
  private @Nullable String last;
  private boolean triedAnew;

  public Login(Authorization authorization) {
    this.authorization = authorization;
  }

  /**
   * The value of the next handshake's {@code Authorization}; null for none.
   *
   * @throws IOException if it cannot be had at the moment
   * @throws ConnectException if that needs a person
   */
  public @Nullable String value() throws IOException, InterruptedException {
    last = authorization.value();
    return last;
  }

  /** The server has taken them. */
  public void taken() {
    triedAnew = false;
  }

  /**
   * The server has not taken them.
   *
   * @param answer what it says, as the beginning of a sentence
   * @throws CredentialsRefusedException if others cannot be had, or were not taken either
   */
  public void refused(String answer) {
    if (last == null) {
      throw new CredentialsRefusedException(
          answer + ": it wants credentials, so give an identity.type", null);
    }
    boolean others = authorization.refused(last);
    if (!others || triedAnew) {
      throw CredentialsRefusedException.after(answer);
    }
    triedAnew = true;
  }
}
