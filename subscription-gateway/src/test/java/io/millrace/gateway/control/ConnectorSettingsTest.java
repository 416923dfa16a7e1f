package io.millrace.gateway.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.emitter.EmitterType;
import io.millrace.model.kafka.MillraceTopics;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConnectorSettingsTest {

  private static final MillraceTopics TOPICS = new MillraceTopics("acme.mill");

  @Test
  void subscribesToTheTopicsOfItsTypeAndPrefixOnly() {
    Pattern regex = Pattern.compile(settings(Map.of()).of(EmitterType.FILE).get("topics.regex"));
    assertThat(TOPICS.emitter(EmitterType.FILE, "a_1-b")).matches(regex);
    assertThat(TOPICS.emitter(EmitterType.WEBHOOK, "a")).doesNotMatch(regex);
    assertThat("acmexmill.emitter.file.a").doesNotMatch(regex);
    assertThat("acme.mill.emitter.file.a.b").doesNotMatch(regex);
    assertThat(new MillraceTopics("x.acme.mill").emitter(EmitterType.FILE, "a"))
        .doesNotMatch(regex);
  }

  @Test
  void readsDefinitionsFromTheTopic() {
    assertThat(settings(Map.of("kafka.client.dns.lookup", "x")).of(EmitterType.CONSOLE))
        .containsEntry("name", "acme.mill-console")
        .containsEntry("connector.class", "io.millrace.emitter.console.ConsoleEmitterConnector")
        .containsEntry("emitter.definitions", "topic")
        .containsEntry("topic.prefix", "acme.mill")
        .containsEntry("bootstrap.servers", "kafka:9092")
        .containsEntry("kafka.client.dns.lookup", "x")
        .containsEntry(
            "header.converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
  }

  @Test
  void isOverriddenPerType() {
    ConnectorSettings settings = settings(Map.of("connector.file.connector.class", "my.Sink"));
    assertThat(settings.of(EmitterType.FILE)).containsEntry("connector.class", "my.Sink");
    assertThat(settings.of(EmitterType.WEBHOOK).get("connector.class")).startsWith("io.millrace");
  }

  @Test
  void knowsItsOwn() {
    ConnectorSettings settings = settings(Map.of());
    assertThat(settings.isOwn(settings.of(EmitterType.FILE))).isTrue();
    assertThat(settings.isOwn(Map.of("connector.class", "x", "topics", "y"))).isFalse();
    assertThat(settings.isOwn(Map.of("emitter.definitions", "topic", "topic.prefix", "acme")))
        .isFalse();
  }

  private static ConnectorSettings settings(Map<String, String> config) {
    return new ConnectorSettings(ControlConfigTest.config(config), TOPICS, "kafka:9092");
  }
}
