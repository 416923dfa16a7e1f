package io.millrace.gateway.docevents;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.filter.audience.RulesInForce;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.catalogue.Catalogue;
import io.millrace.gateway.catalogue.MessageField;
import io.millrace.gateway.catalogue.MessageType;
import io.millrace.gateway.catalogue.TopicEntry;
import io.millrace.gateway.http.Endpoint;
import io.millrace.gateway.http.ErrorEnvelope;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.RequestAuthenticator;
import io.millrace.gateway.publicapi.Call;
import io.millrace.gateway.publicapi.Envelope;
import io.millrace.gateway.publicapi.Route;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /publicapi/doc-events}: topics, messages and security, as a page or as the vendor's
 * JSON; and {@code GET /asyncapi.json}. Each tells what its caller may see. Source: Trisotech DES.
 */
public final class DocEvents {

  /** Where AsyncAPI is. */
  public static final String ASYNC_API = "/asyncapi.json";

  private final Supplier<Catalogue> catalogue;
  private final RulesInForce rules;
  private final List<String> sockets;

  /**
   * Over the catalogue and the rules in force.
   *
   * @param sockets paths that WebSockets are served at
   */
  public DocEvents(Supplier<Catalogue> catalogue, RulesInForce rules, List<String> sockets) {
    this.catalogue = catalogue;
    this.rules = rules;
    this.sockets = List.copyOf(sockets);
  }

  public Route route() {
    return new Route("GET", "/doc-events", call -> CompletableFuture.completedFuture(answer(call)));
  }

  public Mount mount(RequestAuthenticator authenticator) {
    Endpoint endpoint =
        exchange ->
            authenticator
                .authenticate(exchange)
                .thenApply(caller -> asyncApi(exchange, caller).with("Vary", "Authorization"));
    return new Mount(
        "description",
        ASYNC_API,
        false,
        Map.of("GET", endpoint, "HEAD", endpoint),
        new ErrorEnvelope());
  }

  private Reply asyncApi(Exchange exchange, Principal caller) {
    return Reply.json(200, new AsyncApi(seen(caller), sockets).document(exchange.base()));
  }

  private SeenCatalogue seen(Principal caller) {
    return new SeenCatalogue(catalogue.get(), rules.get(), caller.viewer());
  }

  private Reply answer(Call call) {
    SeenCatalogue seen = seen(call.principal());
    Reply reply =
        wantsPage(call.exchange().header("Accept"))
            ? Reply.html(200, DocEventsPage.of(seen))
                .with("Content-Security-Policy", DocEventsPage.SECURITY_POLICY)
            : Envelope.data(200, json(seen));
    return reply.with("Vary", "Accept, Authorization").with("Cache-Control", "no-store");
  }

  // Browsers name it; who takes anything gets JSON.
  private static boolean wantsPage(@Nullable String accept) {
    return accept != null && accept.toLowerCase(Locale.ROOT).contains("text/html");
  }

  private static ObjectNode json(SeenCatalogue seen) {
    ObjectNode topics = JsonNodeFactory.instance.objectNode();
    for (TopicEntry topic : seen.topics()) {
      ObjectNode node = topics.putObject(topic.path().toString());
      node.put("security", seen.security(topic.path()));
      node.put("description", topic.description() == null ? "" : topic.description());
      topic.subLevels().forEach(node.putArray("subTopicsDescription")::add);
      ArrayNode messages = node.putArray("messages");
      seen.messagesOn(topic.path()).forEach(message -> add(messages.addObject(), message));
    }
    return topics;
  }

  private static void add(ObjectNode node, MessageType message) {
    node.put("name", message.type());
    node.put("description", message.description() == null ? "" : message.description());
    ArrayNode fields = node.putArray("fields");
    for (MessageField field : message.fields()) {
      ObjectNode one = fields.addObject();
      one.put("name", field.name());
      one.put("description", field.description() == null ? "" : field.description());
      one.put("type", field.type().text());
      if (field.example() != null) {
        one.set("example", field.example());
      }
    }
  }
}
