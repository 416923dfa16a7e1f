package io.millrace.server.events.usecase;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Stands for the mail server. */
final class Outbox {

  static final Map<String, String> SENT = new ConcurrentHashMap<>();

  private Outbox() {}

  static void send(String userId, String message) {
    SENT.put(userId, message);
  }
}
