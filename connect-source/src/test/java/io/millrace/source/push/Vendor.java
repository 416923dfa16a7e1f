package io.millrace.source.push;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The two vendors that push, as tests that hold for both see them. */
public enum Vendor {
  FOUNDRY(
      "foundry-server.mjs",
      "io.millrace.source.foundry.FoundrySourceConnector",
      "/services/ServerEvents/Stream") {
    @Override
    Map<String, Object> pushed(List<String> ids) {
      return Map.of(
          "events",
          ids.stream()
              .map(id -> Map.of("eventId", id, "topic", "service/production", "data", id))
              .toList());
    }

    @Override
    Map<String, Object> burst(int count, int size) {
      return Map.of("count", count, "size", size, "topic", "service/production");
    }
  },
  DES("des-server.mjs", "io.millrace.source.des.DesSourceConnector", "/events") {
    @Override
    Map<String, Object> pushed(List<String> ids) {
      return Map.of(
          "topic",
          List.of("service", "production"),
          "events",
          ids.stream()
              .map(
                  id ->
                      Map.of(
                          "id",
                          id,
                          "source",
                          "des",
                          "type",
                          "T",
                          "specversion",
                          "1.0.1",
                          "data",
                          id))
              .toList());
    }

    @Override
    Map<String, Object> burst(int count, int size) {
      return Map.of("count", count, "size", size, "topic", List.of("service", "production"));
    }
  };

  private final String script;
  private final String connector;
  private final String path;

  Vendor(String script, String connector, String path) {
    this.script = script;
    this.connector = connector;
    this.path = path;
  }

  public VendorServer start() throws IOException, InterruptedException {
    return VendorServer.start(script);
  }

  /** What a connector to the server is configured with, beside its stream and its converters. */
  public Map<String, String> config(VendorServer server) {
    Map<String, String> config = new HashMap<>();
    config.put("connector.class", connector);
    config.put("tasks.max", "1");
    config.put("url", server.url(path));
    config.put("topic.paths", "service");
    config.put("identity.type", "bearer");
    config.put("identity.token", "first");
    config.put("connection.check", "false");
    config.put("errors.tolerance", "all");
    config.put("ping.interval.ms", "1000");
    config.put("retry.backoff.ms", "100");
    config.put("retry.backoff.max.ms", "500");
    return config;
  }

  /** Pushes events of these ids to whoever has subscribed, and says how many were sent. */
  public int push(VendorServer server, String... ids) {
    return server.call("push", pushed(List.of(ids))).path("sent").intValue();
  }

  /** Whether a client is connected, and has said what it wants to hear. */
  public boolean listened(VendorServer server) {
    for (JsonNode client : server.state().path("clients")) {
      if (!client.path("topics").isEmpty()) {
        return true;
      }
    }
    return false;
  }

  public void burst(VendorServer server, int count, int size) {
    server.call("burst", burst(count, size));
  }

  /** Ids of a burst. */
  public static List<String> ids(int count) {
    return Stream.iterate(0, i -> i + 1).limit(count).map(i -> "e" + i).toList();
  }

  abstract Map<String, Object> pushed(List<String> ids);

  abstract Map<String, Object> burst(int count, int size);
}
