package io.millrace.gateway.foundry.socket;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.emitter.Problem;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code {"eventId": "…"}}, or a list of such, and tells all that is wrong. */
final class AcknowledgementReader {

  private static final String ID = "eventId";

  private final List<String> ids = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();
  private boolean malformed;

  private AcknowledgementReader() {}

  /**
   * Reads the ids, at least one.
   *
   * @param at what the node is called where it stands
   * @throws HttpProblem with all that is wrong
   */
  static List<String> read(JsonNode node, String at) {
    AcknowledgementReader reader = new AcknowledgementReader();
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        reader.one(node.get(i), at + "[" + i + "]");
      }
    } else {
      reader.one(node, at);
    }
    if (reader.ids.isEmpty() && reader.problems.isEmpty()) {
      throw HttpProblem.of(Trouble.MISSING, at, "has no eventId");
    }
    if (!reader.problems.isEmpty()) {
      Trouble trouble = reader.malformed ? Trouble.MALFORMED : Trouble.MISSING;
      throw HttpProblem.of(trouble, reader.problems);
    }
    return reader.ids;
  }

  private void one(JsonNode node, String at) {
    if (!node.isObject()) {
      malformed = true;
      problems.add(new Problem(at, "must be an object with an eventId"));
      return;
    }
    JsonNode id = node.path(ID);
    if (id.isMissingNode() || id.isNull()) {
      problems.add(new Problem(at + "." + ID, "is missing"));
    } else if (!id.isTextual()) {
      malformed = true;
      problems.add(new Problem(at + "." + ID, "must be a text"));
    } else {
      ids.add(id.textValue());
    }
  }
}
