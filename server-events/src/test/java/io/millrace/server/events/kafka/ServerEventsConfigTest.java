package io.millrace.server.events.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerEventsConfigTest {

  @Test
  void needsBrokersAndApplicationOnly() {
    ServerEventsConfig config = new ServerEventsConfig(settings());

    assertThat(config.writeTopic()).isEqualTo("millrace.stream.foundry");
    assertThat(config.readTopics()).containsExactly("millrace.stream.foundry");
    assertThat(config.group()).isEqualTo("millrace-server-events-shop");
    assertThat(config.source()).isEqualTo(URI.create("shop"));
  }

  @Test
  void readsOtherStreamsThanItWritesIfToldTo() {
    Map<String, String> settings = settings();
    settings.put("read.streams", "bank,foundry,bank");

    assertThat(new ServerEventsConfig(settings).readTopics())
        .containsExactly("millrace.stream.bank", "millrace.stream.foundry");
  }

  @Test
  void handsClientSettingsOn() {
    Map<String, String> settings = settings();
    settings.put("kafka.security.protocol", "SSL");

    assertThat(new ServerEventsConfig(settings).clientSettings())
        .containsEntry("security.protocol", "SSL");
  }

  @ParameterizedTest
  @CsvSource({
    "application.id, a b, application.id",
    "stream, a.b, stream",
    "read.streams, 'ok,a/b', read.streams",
    "topic.prefix, '', topic.prefix",
    "source, 'a b', source",
    "retry.backoff.max.ms, 100, retry.backoff.ms",
    "handle.threads, 0, handle.threads",
    "handle.start.from, newest, handle.start.from",
  })
  void namesTheKeyThatIsWrong(String key, String value, String named) {
    Map<String, String> settings = settings();
    settings.put(key, value);

    assertThatThrownBy(() -> new ServerEventsConfig(settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(key)
        .hasMessageContaining(named);
  }

  @Test
  void namesEverythingThatIsWrongAtOnce() {
    Map<String, String> settings = settings();
    settings.remove("bootstrap.servers");
    settings.put("application.id", "a b");
    settings.put("stream", "x.y");
    settings.put("handle.threads", "0");
    settings.put("retry.attempts", "many");
    settings.put("source", "a b");

    assertThatThrownBy(() -> new ServerEventsConfig(settings))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(
            "bootstrap.servers",
            "application.id",
            "stream",
            "handle.threads",
            "retry.attempts",
            "source");
  }

  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>();
    settings.put("bootstrap.servers", "localhost:9092");
    settings.put("application.id", "shop");
    return settings;
  }
}
