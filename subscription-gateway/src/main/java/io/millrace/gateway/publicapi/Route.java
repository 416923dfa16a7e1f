package io.millrace.gateway.publicapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One method of one path, and who serves it.
 *
 * @param path below the root of its API, such as {@code /publicapi}; begins with a slash; a step in
 *     braces, such as {@code /emitters/definitions/{id}}, stands for any one step
 */
public record Route(String method, String path, PublicEndpoint endpoint) {

  public Route {
    if (!path.matches("(/([A-Za-z0-9._-]+|\\{[a-zA-Z]+}))+")) {
      throw new IllegalArgumentException("not a path: " + path);
    }
  }

  /** What the steps in braces stand for; empty if the path is another. */
  Optional<Map<String, String>> match(String requested) {
    List<String> wanted = steps(path);
    List<String> given = steps("/" + requested);
    if (wanted.size() != given.size()) {
      return Optional.empty();
    }
    Map<String, String> variables = new HashMap<>();
    for (int i = 0; i < wanted.size(); i++) {
      String step = wanted.get(i);
      if (step.startsWith("{")) {
        variables.put(step.substring(1, step.length() - 1), given.get(i));
      } else if (!step.equals(given.get(i))) {
        return Optional.empty();
      }
    }
    return Optional.of(variables);
  }

  /** How many steps are named; of two routes that match, the one with more of them is meant. */
  int named() {
    return (int) steps(path).stream().filter(step -> !step.startsWith("{")).count();
  }

  private static List<String> steps(String path) {
    return new ArrayList<>(Arrays.asList(path.substring(1).split("/", -1)));
  }
}
