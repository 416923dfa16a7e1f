package io.millrace.source.record;

import static org.apache.kafka.common.config.ConfigDef.Type.STRING;

import io.millrace.model.event.ResourceName;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.source.config.Choice;
import io.millrace.source.config.KeyGroup;
import io.millrace.source.config.Problems;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Which stream events go to, under which topic path and key, and in what form Connect gets them.
 */
public final class RecordConfig extends AbstractConfig {

  public static final String STREAM = "stream";
  public static final String PREFIX = "topic.prefix";
  public static final String TOPIC_PATH = "topicpath.template";
  public static final String PARTITION_KEY = "partitionkey.template";

  private static final String PLACES =
      ", with attributes in braces, such as {type}, or {subject:none} where some events have none.";

  public static final ConfigDef DEF =
      new KeyGroup("Stream")
          .required(
              STREAM,
              STRING,
              LambdaValidator.with(RecordConfig::name, () -> ""),
              "Stream that gets the events: the Kafka topic <topic.prefix>.stream.<stream>.")
          .optional(
              PREFIX,
              STRING,
              MillraceTopics.DEFAULT_PREFIX,
              LambdaValidator.with(RecordConfig::prefix, () -> ""),
              "First part of Millrace's Kafka topics.")
          .optional(
              TOPIC_PATH,
              STRING,
              null,
              LambdaValidator.with(AttributeTemplate::validate, () -> ""),
              "Topic path of each event"
                  + PLACES
                  + " An event that lacks one has no topic path. Without a template it keeps the one"
                  + " that it came with.")
          .optional(
              PARTITION_KEY,
              STRING,
              null,
              LambdaValidator.with(AttributeTemplate::validate, () -> ""),
              "Attribute partitionkey of each event"
                  + PLACES
                  + " It becomes the record's key, else the subject does; events with the same key"
                  + " keep their order.")
          .optional(
              Part.KEY.form(),
              STRING,
              "auto",
              new Choice(List.of("auto", "bytes", "text")),
              "What the key converter gets: auto goes by the connector's key.converter; bytes suits"
                  + " ByteArrayConverter, text StringConverter.")
          .optional(
              Part.VALUE.form(),
              STRING,
              "auto",
              Choice.of(Form.class),
              "What the value converter gets: auto goes by the connector's value.converter; bytes"
                  + " suits ByteArrayConverter, text StringConverter, json JsonConverter without"
                  + " schemas.")
          .optional(
              Part.HEADER.form(),
              STRING,
              "auto",
              new Choice(List.of("auto", "bytes", "text")),
              "What the header converter gets: auto goes by the connector's header.converter; bytes"
                  + " suits ByteArrayConverter, text SimpleHeaderConverter and StringConverter.")
          .def();

  private final Map<String, String> props;

  public RecordConfig(Map<String, String> props) {
    super(DEF, props, false);
    this.props = Map.copyOf(props);
  }

  /** The stream's Kafka topic. */
  public String topic() {
    return new MillraceTopics(getString(PREFIX)).stream(getString(STREAM));
  }

  @Nullable AttributeTemplate topicPath() {
    return template(TOPIC_PATH);
  }

  @Nullable AttributeTemplate partitionKey() {
    return template(PARTITION_KEY);
  }

  /**
   * The form of a part of the records, never {@link Form#AUTO}.
   *
   * @throws ConfigException if no form comes out right; {@link #check} has told it before
   */
  Form form(Part part) {
    return form(part, props);
  }

  /** What is wrong beyond single values. */
  public static void check(Map<String, String> props, Problems problems) {
    for (Part part : Part.values()) {
      try {
        Form unused = form(part, props);
      } catch (ConfigException e) {
        problems.add(part.form(), String.valueOf(e.getMessage()));
      }
    }
  }

  private static Form form(Part part, Map<String, String> props) {
    Form form = Choice.read(Form.class, props.getOrDefault(part.form(), "auto"));
    return form == Form.AUTO ? part.formFor(props) : form;
  }

  private @Nullable AttributeTemplate template(String key) {
    String text = getString(key);
    return text == null ? null : new AttributeTemplate(text);
  }

  private static void name(String key, @Nullable Object value) {
    if (value != null && !ResourceName.isValid(value.toString())) {
      throw new ConfigException(key, value, "must be " + ResourceName.RULE);
    }
  }

  private static void prefix(String key, @Nullable Object value) {
    try {
      MillraceTopics unused = new MillraceTopics(String.valueOf(value));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(key, value, e.getMessage());
    }
  }
}
