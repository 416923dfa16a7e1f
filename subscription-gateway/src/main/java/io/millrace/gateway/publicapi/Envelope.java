package io.millrace.gateway.publicapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.millrace.gateway.http.Reply;

/**
 * The envelope of what was asked for, {@code {"data":…}}. That of errors is {@link
 * io.millrace.gateway.http.ErrorEnvelope}. Source: Trisotech DES, public API.
 */
public final class Envelope {

  private Envelope() {}

  /** A response with data. */
  public static Reply data(int status, JsonNode data) {
    return Reply.json(status, JsonNodeFactory.instance.objectNode().set("data", data));
  }
}
