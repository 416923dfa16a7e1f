package io.millrace.emitter;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.model.emitter.EmitterParameters;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.InvalidDefinitionException;
import io.millrace.model.emitter.ParameterReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Events and parameters for tests. */
public final class Events {

  private Events() {}

  public static CloudEvent event(String id, String json) {
    return builder(id).withData("application/json", json.getBytes(StandardCharsets.UTF_8)).build();
  }

  public static CloudEventBuilder builder(String id) {
    return CloudEventBuilder.v1()
        .withId(id)
        .withType("OrderPlaced")
        .withSource(URI.create("https://shop.example/orders"));
  }

  public static EmitterParameters parameters(EmitterType type, Map<String, ?> values) {
    try {
      return EmitterParameters.read(type, new ParameterReader(values, ""));
    } catch (InvalidDefinitionException e) {
      throw new AssertionError(e);
    }
  }
}
