package io.millrace.gateway.foundry.socket;

import io.millrace.model.foundry.ServerEvent;
import java.util.List;

/** What a client asks for by one key of a message. */
sealed interface Command {

  record Subscribe(List<WantedTopic> topics) implements Command {}

  record Unsubscribe(List<WantedTopic> topics) implements Command {}

  record Publish(List<ServerEvent> events) implements Command {}

  record Acknowledge(List<String> eventIds) implements Command {}

  /**
   * It cannot be read.
   *
   * @param message says all that is wrong
   */
  record Unreadable(int code, String message) implements Command {}
}
