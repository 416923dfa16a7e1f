package io.millrace.gateway.docevents;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.catalogue.MessageType;
import io.millrace.gateway.catalogue.TopicEntry;
import io.millrace.model.event.TopicPath;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * AsyncAPI 3.0 of what a viewer may publish and receive. In its words the gateway is the
 * application: it receives what is published, and sends what is subscribed to. Source: AsyncAPI
 * Specification 3.0.0.
 */
final class AsyncApi {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String FOUNDRY = "/services/ServerEvents";

  /** What each WebSocket dialect is for, by its path. */
  private static final Map<String, String> SOCKETS =
      Map.of(
          "/events", "Trisotech DES: CloudEvents in JSON of the topics that the query names",
          "/services/ServerEvents/Stream", "Volt MX Foundry: server events of subscribed topics",
          "/subscriptions", "Ataccama ONE MMM: external events, by GraphQL subscriptions");

  private final SeenCatalogue seen;
  private final List<String> sockets;
  private final Map<MessageType, String> ids = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final ObjectNode channels = NODES.objectNode();
  private final ObjectNode operations = NODES.objectNode();

  AsyncApi(SeenCatalogue seen, List<String> sockets) {
    this.seen = seen;
    this.sockets = sockets.stream().sorted().toList();
  }

  ObjectNode document(String base) {
    for (TopicEntry topic : seen.topics()) {
      seen.messagesOn(topic.path()).forEach(this::name);
    }
    seen.topics().forEach(this::publishing);
    foundry();
    sockets.forEach(this::socket);
    ObjectNode document = NODES.objectNode().put("asyncapi", "3.0.0");
    document
        .putObject("info")
        .put("title", "Millrace")
        .put("version", "1")
        .put("description", "Events that you may publish and receive through this gateway.");
    document.put("defaultContentType", "application/json");
    document.set("servers", servers(base));
    document.set("channels", channels);
    document.set("operations", operations);
    document.set("components", components());
    return document;
  }

  private void name(MessageType message) {
    if (!ids.containsKey(message)) {
      ids.put(message, key(message.type()));
    }
  }

  /** A key that AsyncAPI takes, unlike all others. */
  private String key(String text) {
    String plain = text.replaceAll("[^A-Za-z0-9._-]", "_");
    String key = plain;
    for (int i = 2; !taken.add(key); i++) {
      key = plain + "_" + i;
    }
    return key;
  }

  private void publishing(TopicEntry topic) {
    if (!seen.publishes(topic.path())) {
      return;
    }
    String key = key("publish." + String.join(".", topic.path().levels()));
    ObjectNode channel = channel(key, "/events/" + topic.path(), "http", topic.path().toString());
    channel.put("description", topic.description() == null ? "" : topic.description());
    ObjectNode operation = operation(key, "receive", "Publish on " + topic.path());
    operation.putObject("bindings").putObject("http").put("method", "POST");
    messages(key, channel, operation, seen.messagesOn(topic.path()));
  }

  private void foundry() {
    String key = key("publish-server-events");
    ObjectNode channel = channel(key, FOUNDRY, "http", "Server events of Volt MX Foundry");
    ObjectNode operation = operation(key, "receive", "Publish server events");
    operation.putObject("bindings").putObject("http").put("method", "POST");
    ObjectNode message = channel.putObject("messages").putObject("serverEvents");
    ObjectNode event = NODES.objectNode().put("type", "object");
    event.putArray("required").add("topic").add("data");
    event.putObject("properties").putObject("topic").put("type", "string");
    ObjectNode payload = message.put("name", "serverEvents").putObject("payload");
    payload.put("type", "object").putArray("required").add("events");
    payload.putObject("properties").putObject("events").put("type", "array").set("items", event);
    operation.putArray("messages").add(reference("channels/" + key + "/messages/serverEvents"));
  }

  private void socket(String path) {
    String key = key("receive" + path.replace('/', '.'));
    String description = SOCKETS.getOrDefault(path, "Events by WebSocket");
    ObjectNode channel = channel(key, path, "websocket", description);
    channel.putObject("bindings").putObject("ws").put("method", "GET");
    ObjectNode operation = operation(key, "send", description);
    Set<MessageType> messages = new HashSet<>();
    List<MessageType> ordered = new ArrayList<>();
    for (TopicEntry topic : seen.topics()) {
      if (carries(path, topic.path()) && seen.receives(topic.path())) {
        seen.messagesOn(topic.path()).stream().filter(messages::add).forEach(ordered::add);
      }
    }
    messages(key, channel, operation, ordered);
  }

  private static boolean carries(String path, TopicPath topic) {
    return !path.equals("/subscriptions") || topic.levels().get(0).equals("mmm");
  }

  private ObjectNode channel(String key, String address, String server, String title) {
    ObjectNode channel = channels.putObject(key).put("address", address).put("title", title);
    channel.putArray("servers").add(reference("servers/" + server));
    return channel;
  }

  private ObjectNode operation(String key, String action, String summary) {
    ObjectNode operation = operations.putObject(key).put("action", action).put("summary", summary);
    operation.set("channel", reference("channels/" + key));
    return operation;
  }

  private void messages(
      String key, ObjectNode channel, ObjectNode operation, List<MessageType> messages) {
    ObjectNode in = channel.putObject("messages");
    if (messages.isEmpty()) {
      return; // Whatever is published: the catalogue tells none.
    }
    ArrayNode of = operation.putArray("messages");
    for (MessageType message : messages) {
      String id = ids.get(message);
      in.set(id, reference("components/messages/" + id));
      of.add(reference("channels/" + key + "/messages/" + id));
    }
  }

  private ObjectNode components() {
    ObjectNode components = NODES.objectNode();
    ObjectNode messages = components.putObject("messages");
    ids.forEach(
        (message, id) -> {
          ObjectNode node = messages.putObject(id).put("name", message.type());
          node.put("contentType", "application/cloudevents+json");
          if (message.description() != null) {
            node.put("summary", message.description());
          }
          node.set("payload", MessageSchema.of(message));
        });
    ObjectNode schemes = components.putObject("securitySchemes");
    schemes.putObject("basic").put("type", "http").put("scheme", "basic");
    schemes.putObject("bearer").put("type", "http").put("scheme", "bearer");
    schemes
        .putObject("foundry")
        .put("type", "httpApiKey")
        .put("name", "X-VoltMX-Authorization")
        .put("in", "header");
    return components;
  }

  private static ObjectNode servers(String base) {
    URI uri = URI.create(base);
    boolean secure = "https".equals(uri.getScheme());
    ObjectNode servers = NODES.objectNode();
    server(servers, "http", uri.getAuthority(), secure ? "https" : "http");
    server(servers, "websocket", uri.getAuthority(), secure ? "wss" : "ws");
    return servers;
  }

  private static void server(ObjectNode servers, String key, String host, String protocol) {
    ObjectNode server = servers.putObject(key).put("host", host).put("protocol", protocol);
    ArrayNode security = server.putArray("security");
    for (String scheme : List.of("basic", "bearer", "foundry")) {
      security.add(reference("components/securitySchemes/" + scheme));
    }
  }

  private static ObjectNode reference(String to) {
    return NODES.objectNode().put("$ref", "#/" + to);
  }
}
