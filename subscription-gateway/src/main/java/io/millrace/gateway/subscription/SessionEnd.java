package io.millrace.gateway.subscription;

/** Why a session is over, with a sentence for the client. */
public enum SessionEnd {
  CLOSED("The session was closed."),
  TAKEN_OVER("A newer client has taken over the subscription."),
  UNSUBSCRIBED("The subscription was removed."),
  MOVED("The subscription was set to another position."),
  STOPPING("The server is stopping; come back to go on."),
  FAILED("The session failed; come back to go on.");

  private final String text;

  SessionEnd(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }
}
