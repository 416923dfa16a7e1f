package io.millrace.gateway.control.connect;

import java.util.ArrayList;
import java.util.List;

/**
 * The state of a connector and of its tasks, by the names of Connect's {@code
 * AbstractStatus.State}.
 *
 * @param tasks in the order of their numbers
 */
public record ConnectorStatus(String connector, List<String> tasks) {

  private static final String FAILED = "FAILED";
  private static final String RUNNING = "RUNNING";

  public ConnectorStatus {
    tasks = List.copyOf(tasks);
  }

  /** Whether the connector or a task of it has failed; Connect itself does not start it again. */
  public boolean failed() {
    return connector.equals(FAILED) || tasks.contains(FAILED);
  }

  /** Whether the connector and all tasks run, of which there is at least one. */
  public boolean running() {
    return connector.equals(RUNNING)
        && !tasks.isEmpty()
        && tasks.stream().allMatch(RUNNING::equals);
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    parts.add(connector);
    for (int i = 0; i < tasks.size(); i++) {
      if (!tasks.get(i).equals(connector)) {
        parts.add("task " + i + " " + tasks.get(i));
      }
    }
    return String.join(", ", parts);
  }
}
