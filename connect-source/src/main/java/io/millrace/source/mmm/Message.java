package io.millrace.source.mmm;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** What a server says to a subscriber, by either subprotocol. */
sealed interface Message {

  /** The credentials are taken; operations may begin. */
  record Welcome() implements Message {}

  /** The credentials are not taken. */
  record Refused(JsonNode why) implements Message {}

  /**
   * A sign of life.
   *
   * @param answer to be sent back; null if none is expected
   */
  record Alive(@Nullable String answer) implements Message {}

  /** A result of an operation. */
  record Next(String operation, JsonNode result) implements Message {}

  /**
   * An operation has failed and is over.
   *
   * @param errors a list of GraphQL's errors, or one of them
   */
  record Failed(String operation, JsonNode errors) implements Message {}

  /** An operation is over. */
  record Completed(String operation) implements Message {}
}
