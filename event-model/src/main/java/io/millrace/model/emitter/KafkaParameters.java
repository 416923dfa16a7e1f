package io.millrace.model.emitter;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a Kafka emitter is told. Source: Trisotech DES, Kafka emitter.
 *
 * @param brokers each as {@code host:port}; at least one
 * @param topic name of the Kafka topic that events are written to
 * @param mode of the payload, binary by default
 * @param keyExpression FEEL whose value is the record's key; absent keeps the event's own key
 * @param prettyPrint whether JSON is laid out for people
 */
public record KafkaParameters(
    List<String> brokers,
    String topic,
    PayloadMode mode,
    @Nullable String keyExpression,
    boolean prettyPrint,
    EventOverrides overrides)
    implements EmitterParameters {

  private static final Pattern BROKER =
      Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+):([0-9]{1,5})");

  // Kafka's own rule for topic names.
  private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

  public KafkaParameters {
    brokers = List.copyOf(brokers);
  }

  static KafkaParameters read(ParameterReader reader) throws InvalidDefinitionException {
    KafkaParameters parameters =
        new KafkaParameters(
            brokers(reader),
            topic(reader),
            reader.choice("mode", PayloadMode.class, PayloadMode.BINARY),
            reader.text("keyExpression"),
            reader.flag("prettyPrint"),
            EventOverrides.read(reader));
    reader.finish();
    return parameters;
  }

  private static List<String> brokers(ParameterReader reader) {
    String text = reader.requiredText("brokers");
    List<String> brokers = Arrays.stream(text.split(",", -1)).map(String::strip).toList();
    if (!text.isEmpty() && !brokers.stream().allMatch(KafkaParameters::isBroker)) {
      reader.problem("brokers", "must be host:port, or several separated by commas");
    }
    return brokers;
  }

  private static boolean isBroker(String text) {
    Matcher broker = BROKER.matcher(text);
    if (!broker.matches()) {
      return false;
    }
    int port = Integer.parseInt(broker.group(2));
    return port > 0 && port <= 65_535;
  }

  private static String topic(ParameterReader reader) {
    String topic = reader.requiredText("topic");
    if (!topic.isEmpty() && !TOPIC.matcher(topic).matches()) {
      reader.problem(
          "topic", "must be 1 to 249 letters, digits, dots, underscores and dashes, not . or ..");
    }
    return topic;
  }

  @Override
  public EmitterType type() {
    return EmitterType.KAFKA;
  }

  @Override
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("brokers", String.join(",", brokers));
    map.put("topic", topic);
    map.put("mode", mode.name().toLowerCase(Locale.ROOT));
    if (keyExpression != null) {
      map.put("keyExpression", keyExpression);
    }
    map.put("prettyPrint", prettyPrint);
    overrides.write(map);
    return map;
  }
}
