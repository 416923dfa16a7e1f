package io.millrace.gateway.foundry.socket;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.RequestJson;
import io.millrace.gateway.ingest.foundry.Codes;
import io.millrace.gateway.ingest.foundry.Published;
import java.nio.ByteBuffer;
import java.util.List;

/** What a client is answered: topics stand there as the client wrote them. */
final class Replies {

  private Replies() {}

  static ByteBuffer problem(int code, String message) {
    return reply(code, message, List.of(), List.of());
  }

  static ByteBuffer published(Published published) {
    return reply(published.code(), published.message(), published.succeeded(), published.failed());
  }

  static ByteBuffer publishFailed(String message, List<String> topics) {
    return reply(Codes.PUBLISH_FAILED, message, List.of(), topics);
  }

  static ByteBuffer subscribed(TopicOutcome outcome) {
    return reply(
        outcome, "Subscribed", Codes.SUBSCRIBED, Codes.SUBSCRIBE_FAILED, Codes.PARTLY_SUBSCRIBED);
  }

  static ByteBuffer unsubscribed(TopicOutcome outcome) {
    return reply(
        outcome,
        "Unsubscribed",
        Codes.UNSUBSCRIBED,
        Codes.UNSUBSCRIBE_FAILED,
        Codes.PARTLY_UNSUBSCRIBED);
  }

  private static ByteBuffer reply(TopicOutcome outcome, String done, int all, int none, int some) {
    boolean failed = !outcome.failed().isEmpty();
    int code = !failed ? all : outcome.succeeded().isEmpty() ? none : some;
    String message = failed ? String.join("; ", outcome.reasons()) : done;
    return reply(code, message, outcome.succeeded(), outcome.failed());
  }

  private static ByteBuffer reply(
      int code, String message, List<String> succeeded, List<String> failed) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("code", code);
    body.put("message", message);
    succeeded.forEach(body.putArray("successTopics")::add);
    failed.forEach(body.putArray("failedTopics")::add);
    return ByteBuffer.wrap(RequestJson.write(body));
  }
}
