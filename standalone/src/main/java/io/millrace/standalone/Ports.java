package io.millrace.standalone;

import io.millrace.embedded.Endpoint;
import io.millrace.embedded.StartRefusedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where everything listens; port 0 takes any free one.
 *
 * @param gateway for publishers and subscribers, the only one that asks who is there
 * @param kafka the broker
 * @param connect Connect's REST API
 * @param management health and metrics
 */
public record Ports(Endpoint gateway, Endpoint kafka, Endpoint connect, Endpoint management) {

  /**
   * @throws IllegalArgumentException if two have the same port
   */
  public Ports {
    Map<Integer, String> flags = new HashMap<>();
    users(gateway, kafka, connect, management)
        .forEach(
            (user, endpoint) -> {
              String flag = user.replaceFirst(".*, ", "");
              String other = endpoint.port() == 0 ? null : flags.put(endpoint.port(), flag);
              if (other != null) {
                throw new IllegalArgumentException(
                    other + " and " + flag + " are both " + endpoint.port());
              }
            });
  }

  /**
   * Returns when all can be bound.
   *
   * @throws StartRefusedException if any is taken, with a line on each that is
   */
  void requireFree() {
    List<String> taken = new ArrayList<>();
    users(gateway, kafka, connect, management)
        .forEach(
            (user, endpoint) -> {
              try {
                endpoint.requireFree(user);
              } catch (StartRefusedException e) {
                taken.add(e.getMessage());
              }
            });
    if (!taken.isEmpty()) {
      throw new StartRefusedException(String.join(System.lineSeparator(), taken));
    }
  }

  private static Map<String, Endpoint> users(
      Endpoint gateway, Endpoint kafka, Endpoint connect, Endpoint management) {
    Map<String, Endpoint> users = new LinkedHashMap<>();
    users.put("the gateway, --port", gateway);
    users.put("Kafka, --kafka-port", kafka);
    users.put("Kafka Connect, --connect-port", connect);
    users.put("management, --management-port", management);
    return users;
  }
}
