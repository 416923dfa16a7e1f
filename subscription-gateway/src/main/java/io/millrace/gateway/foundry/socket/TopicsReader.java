package io.millrace.gateway.foundry.socket;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.emitter.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the topics of {@code subscribe} and {@code unsubscribe}: a list, or in the nested shape a
 * list by kind, {@code private} or {@code public} in any case. Tells all that is wrong.
 */
final class TopicsReader {

  private static final String TOPICS = "topics";

  private final List<WantedTopic> topics = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private TopicsReader() {}

  /**
   * Reads them, at least one.
   *
   * @param at what the node is called where it stands
   * @throws HttpProblem with all that is wrong
   */
  static List<WantedTopic> read(JsonNode node, String at) {
    if (!node.isObject()) {
      return new TopicsReader().whole(node, at);
    }
    JsonNode nested = node.path(TOPICS);
    String inside = at + "." + TOPICS;
    if (nested.isMissingNode() || nested.isNull()) {
      throw HttpProblem.of(Trouble.MISSING, inside, "is missing");
    }
    return new TopicsReader().whole(nested, inside);
  }

  private List<WantedTopic> whole(JsonNode node, String at) {
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        String inside = at + "." + field.getKey();
        Optional<Kind> kind = Kind.of(field.getKey());
        if (kind.isPresent()) {
          list(field.getValue(), inside, kind.get());
        } else {
          problems.add(new Problem(inside, "is neither private nor public"));
        }
      }
    } else {
      list(node, at, null);
    }
    if (topics.isEmpty() && problems.isEmpty()) {
      problems.add(new Problem(at, "must have at least one topic"));
    }
    if (!problems.isEmpty()) {
      throw HttpProblem.of(Trouble.MALFORMED, problems);
    }
    return topics;
  }

  private void list(JsonNode list, String at, @Nullable Kind kind) {
    if (!list.isArray()) {
      problems.add(new Problem(at, "must be a list of topics"));
      return;
    }
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).isTextual()) {
        topics.add(new WantedTopic(list.get(i).textValue(), kind));
      } else {
        problems.add(new Problem(at + "[" + i + "]", "must be a text"));
      }
    }
  }
}
