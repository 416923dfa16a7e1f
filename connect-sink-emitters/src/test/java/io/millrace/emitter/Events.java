package io.millrace.emitter;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.emitter.lane.Emission;
import io.millrace.emitter.task.EmitterSpec;
import io.millrace.model.emitter.EmitterParameters;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.InvalidDefinitionException;
import io.millrace.model.emitter.ParameterReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

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

  public static EmitterSpec spec(EmitterType type, Map<String, ?> values) {
    return new EmitterSpec("test", null, null, parameters(type, values));
  }

  public static List<Emission> emissions(CloudEvent event) {
    return List.of(new Emission("test", new TopicPartition("topic", 0), 0, null, event));
  }
}
