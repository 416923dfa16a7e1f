package io.millrace.gateway.foundry.socket;

import org.jspecify.annotations.Nullable;

/**
 * One key of a message, and who says it.
 *
 * @param token as the message has it beside what is asked; null if it has none
 * @param clientUuid likewise
 */
record Request(@Nullable String token, @Nullable String clientUuid, Command command) {

  @Override
  public String toString() {
    return "Request " + command; // Never prints a token.
  }
}
