package io.millrace.server.events.servlet;

import io.millrace.model.event.TopicPath;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operation of a service whose calls raise events.
 *
 * @param method such as {@code POST}; null for all
 * @param path of the request after the context path, as it is or, ended by {@code /*}, with all
 *     below it
 * @param serviceId written in the event's metadata, as are the next three
 * @param requestTopics on which the incoming request is raised; may be empty
 * @param responseTopics on which the outgoing response is raised; may be empty
 */
public record Operation(
    @Nullable String method,
    String path,
    String serviceId,
    String operationId,
    @Nullable String objectId,
    @Nullable String version,
    List<String> requestTopics,
    List<String> responseTopics) {

  private static final String BELOW = "/*";

  /**
   * Checks the operation.
   *
   * @throws IllegalArgumentException naming everything that is wrong
   */
  public Operation {
    List<String> problems = new ArrayList<>();
    if (!path.startsWith("/")) {
      problems.add("path must begin with '/': " + path);
    }
    if (serviceId.isBlank()) {
      problems.add("serviceId must not be empty");
    }
    if (operationId.isBlank()) {
      problems.add("operationId must not be empty");
    }
    check("requestTopics", requestTopics, problems);
    check("responseTopics", responseTopics, problems);
    if (requestTopics.isEmpty() && responseTopics.isEmpty()) {
      problems.add("requestTopics and responseTopics must not both be empty");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("; ", problems));
    }
    requestTopics = List.copyOf(requestTopics);
    responseTopics = List.copyOf(responseTopics);
  }

  /**
   * An operation without object and version, with topics as they stand in Foundry's console.
   *
   * @param requestTopics separated by semicolons; empty for none
   * @param responseTopics as well
   */
  public static Operation of(
      String method,
      String path,
      String serviceId,
      String operationId,
      String requestTopics,
      String responseTopics) {
    return new Operation(
        method,
        path,
        serviceId,
        operationId,
        null,
        null,
        topics(requestTopics),
        topics(responseTopics));
  }

  /** Topics separated by semicolons, as they stand in Foundry's console. */
  public static List<String> topics(String text) {
    return List.of(text.split(";", -1)).stream()
        .map(String::strip)
        .filter(topic -> !topic.isEmpty())
        .toList();
  }

  boolean matches(String requestMethod, String requestPath) {
    if (method != null && !method.equals(requestMethod)) {
      return false;
    }
    if (!path.endsWith(BELOW)) {
      return path.equals(requestPath);
    }
    String parent = path.substring(0, path.length() - BELOW.length());
    return requestPath.startsWith(parent)
        && (requestPath.length() == parent.length() || requestPath.charAt(parent.length()) == '/');
  }

  private static void check(String field, List<String> topics, List<String> problems) {
    for (String topic : topics) {
      try {
        TopicPath unused = TopicPath.parse(topic);
      } catch (IllegalArgumentException e) {
        problems.add(field + ": '" + topic + "' is none: " + e.getMessage());
      }
    }
  }
}
