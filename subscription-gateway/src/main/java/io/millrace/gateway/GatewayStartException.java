package io.millrace.gateway;

/** The gateway cannot start; the message is one sentence for a person. */
public final class GatewayStartException extends Exception {

  private static final long serialVersionUID = 1L;

  GatewayStartException(String message) {
    super(message);
  }

  GatewayStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
