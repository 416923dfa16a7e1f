package io.millrace.gateway.foundry.socket;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cloudevents.CloudEvent;
import io.millrace.gateway.http.RequestJson;
import io.millrace.gateway.ingest.foundry.Codes;
import io.millrace.model.event.UnreadableEventException;
import io.millrace.model.foundry.ServerEvent;
import io.millrace.model.foundry.ServerEvents;
import java.nio.ByteBuffer;

/** An event as clients get it: {@code {"code":620010,"eventId":…,"topic":…,"data":…}}. */
final class Push {

  private Push() {}

  /** The message; empty for an event whose data is not what it claims to be. */
  static ByteBuffer write(CloudEvent event) {
    try {
      ServerEvent read = ServerEvents.read(event);
      ObjectNode push = JsonNodeFactory.instance.objectNode();
      push.put("code", Codes.PUSHED);
      push.put("eventId", event.getId());
      push.put("topic", read.topic());
      push.set("data", read.data());
      return ByteBuffer.wrap(RequestJson.write(push));
    } catch (UnreadableEventException e) {
      return ByteBuffer.allocate(0);
    }
  }
}
