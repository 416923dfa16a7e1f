package io.millrace.source.foundry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.source.push.JsonText;
import java.util.List;

/** What the client says to the server. */
final class ClientMessages {

  private ClientMessages() {}

  /** The document's flat shape: {@code {"subscribe":["a/b"]}}. */
  static String flatSubscribe(List<String> topics) {
    ObjectNode message = JsonText.newObject();
    topics.forEach(message.putArray("subscribe")::add);
    return JsonText.write(message);
  }

  /**
   * The nested shape of the vendor's client SDK, which also says who subscribes.
   *
   * @param tokenName {@code X-Voltmx-Authorization}, of older SDKs {@code X-Kony-Authorization}
   * @param visibility {@code private} or {@code public}
   */
  static String nestedSubscribe(
      String tokenName, String token, String clientUuid, String visibility, List<String> topics) {
    ObjectNode message = JsonText.newObject();
    ObjectNode subscribe = message.putObject("subscribe");
    subscribe.put(tokenName, token);
    subscribe.put("clientUUID", clientUuid);
    topics.forEach(subscribe.putObject("topics").putArray(visibility)::add);
    return JsonText.write(message);
  }

  /** Tells the server that an event need not be sent again; servers do not answer it. */
  static String acknowledge(String eventId) {
    ObjectNode message = JsonText.newObject();
    message.putObject("ack").put("eventId", eventId);
    return JsonText.write(message);
  }
}
