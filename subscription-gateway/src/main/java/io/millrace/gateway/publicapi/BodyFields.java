package io.millrace.gateway.publicapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.emitter.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the properties of a request's body one by one, and collects everything that is wrong. No
 * body is read as one without properties. For use by one thread.
 */
public final class BodyFields {

  private final JsonNode body;
  private final List<Problem> problems = new ArrayList<>();

  /**
   * Over a body.
   *
   * @param known the properties it may have
   * @throws HttpProblem if it is no object
   */
  public BodyFields(JsonNode body, Set<String> known) {
    if (!body.isObject() && !body.isMissingNode()) {
      throw HttpProblem.of(Trouble.MALFORMED, "body", "must be a JSON object");
    }
    this.body = body;
    body.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                problem(
                    name,
                    known.isEmpty()
                        ? "is not known here"
                        : "is not known here; known are "
                            + String.join(", ", new TreeSet<>(known)));
              }
            });
  }

  /** A text that is not empty; absent if there is none, or it is wrong. */
  public @Nullable String text(String name) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isTextual() || value.textValue().isBlank()) {
      problem(name, "must be a text that is not empty");
      return null;
    }
    return value.textValue();
  }

  /** A whole number between bounds; the fallback if there is none, or it is wrong. */
  public int number(String name, int least, int most, int fallback) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return fallback;
    }
    if (!value.isInt() || value.intValue() < least || value.intValue() > most) {
      problem(name, "must be a whole number between " + least + " and " + most);
      return fallback;
    }
    return value.intValue();
  }

  /** What stands there; missing if nothing does, or null. */
  public JsonNode node(String name) {
    JsonNode value = body.path(name);
    return value.isNull() ? body.path("") : value;
  }

  public void problem(String field, String reason) {
    problems.add(new Problem(field, reason));
  }

  public void problems(Collection<Problem> more) {
    problems.addAll(more);
  }

  /**
   * To be called when everything was read.
   *
   * @throws HttpProblem if anything was wrong
   */
  public void finish() {
    if (!problems.isEmpty()) {
      throw HttpProblem.of(Trouble.MALFORMED, problems);
    }
  }
}
