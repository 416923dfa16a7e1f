package io.millrace.gateway.des;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.http.ErrorEnvelope;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.live.Positions;
import io.millrace.model.event.TopicPath;
import java.util.Collection;
import java.util.Optional;

/**
 * What the gateway answers to a client's messages. The vendor's document tells of {@code pong}
 * alone; everything else here is a choice.
 */
final class Replies {

  private final boolean acknowledge;

  /** With answers to {@code subscribe} and {@code unsubscribe}, or without. */
  Replies(boolean acknowledge) {
    this.acknowledge = acknowledge;
  }

  /** To a ping: with how far the client has come when it reads this. */
  String pong(Positions position) {
    ObjectNode pong = message("pong");
    pong.putObject("data").put("position", position.toString());
    return pong.toString();
  }

  /** To a change of topics: with those that hold then. */
  Optional<String> changed(ClientMessage.Type type, Collection<TopicPath> topics) {
    if (!acknowledge) {
      return Optional.empty();
    }
    ObjectNode answer =
        message(type == ClientMessage.Type.SUBSCRIBE ? "subscribed" : "unsubscribed");
    ArrayNode all = answer.putObject("data").putArray("topics");
    topics.forEach(topic -> topic.levels().forEach(all.addArray()::add));
    return Optional.of(answer.toString());
  }

  /** To a message that cannot be done: with the envelope of errors. */
  String error(HttpProblem problem) {
    ObjectNode answer = message("error");
    answer.set("data", ErrorEnvelope.body(problem.trouble(), problem.problems()));
    return answer.toString();
  }

  private static ObjectNode message(String type) {
    return JsonNodeFactory.instance.objectNode().put("type", type);
  }
}
