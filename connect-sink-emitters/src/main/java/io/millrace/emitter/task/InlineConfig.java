package io.millrace.emitter.task;

import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.TopicPath;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Which events the emitter wants, in direct mode. */
final class InlineConfig extends AbstractConfig {

  static final String TOPIC_PATHS = "topic.paths";
  static final String MESSAGES = "messages";
  static final String FILTER = "filter";

  private static final String GROUP = "Events";

  static final ConfigDef DEF =
      new ConfigDef()
          .define(
              TOPIC_PATHS,
              ConfigDef.Type.LIST,
              List.of(),
              Importance.MEDIUM,
              "Hierarchical topics such as service/production; each takes in those below it. Empty"
                  + " means every event. Not to be confused with Kafka's topics.",
              GROUP,
              1,
              Width.LONG,
              "Topic paths")
          .define(
              MESSAGES,
              ConfigDef.Type.LIST,
              List.of(),
              Importance.MEDIUM,
              "Types of the events that are emitted. Empty means every type.",
              GROUP,
              2,
              Width.LONG,
              "Messages")
          .define(
              FILTER,
              ConfigDef.Type.STRING,
              null,
              Importance.MEDIUM,
              "FEEL expression over the event's data that must be true, such as amount > 100. What"
                  + " cannot be evaluated is not emitted.",
              GROUP,
              3,
              Width.LONG,
              "Filter");

  InlineConfig(Map<String, String> props) {
    super(DEF, props, false);
  }

  /**
   * What is wanted.
   *
   * @throws IllegalArgumentException if one of the topic paths is none
   */
  EventFilter eventFilter() {
    return new EventFilter(
        getList(TOPIC_PATHS).stream().map(TopicPath::parse).toList(),
        new LinkedHashSet<>(getList(MESSAGES)),
        getString(FILTER));
  }
}
