package io.millrace.gateway.http.tls;

import java.nio.file.Path;

/**
 * TLS cannot be served by what the files hold; the message names the configuration's key, the file
 * and the reason, and tells nothing of a secret.
 */
public final class TlsException extends Exception {

  private static final long serialVersionUID = 1L;

  TlsException(String key, Path file, String reason) {
    super(key + "=" + file + " " + reason);
  }

  TlsException(String key, Path file, String reason, Throwable cause) {
    super(key + "=" + file + " " + reason, cause);
  }
}
