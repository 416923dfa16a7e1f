package io.millrace.emitter.http;

import org.jspecify.annotations.Nullable;

/** What came of a request. */
public sealed interface Answer {

  /**
   * An answer.
   *
   * @param body as UTF-8; empty unless it was asked for
   */
  record Response(int status, @Nullable String retryAfter, String body) implements Answer {}

  /**
   * None.
   *
   * @param cause one sentence for a person, without secrets
   */
  record Failure(String cause) implements Answer {}

  /**
   * Nothing was sent, since the endpoint is not one that this emitter may reach.
   *
   * @param cause one sentence for a person, without addresses
   */
  record Forbidden(String cause) implements Answer {}
}
