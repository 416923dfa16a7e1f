package io.millrace.gateway.auth;

import io.millrace.model.emitter.Problem;
import java.util.List;

/** A users file that cannot be used; the message names the file, each field and what is wrong. */
public final class AccountsException extends Exception {

  private static final long serialVersionUID = 1L;

  AccountsException(String file, List<Problem> problems) {
    super(
        "users file "
            + file
            + ": "
            + String.join("; ", problems.stream().map(Problem::toString).toList()));
  }
}
