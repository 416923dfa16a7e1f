package io.millrace.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class StreamsSettingsTest {

  // The gateway's default of control.topic.delete.delay.ms.
  private static final int TOPIC_IS_DELETED_AFTER_MS = 60_000;

  @Test
  void theTopicOfARemovedEmitterIsForgottenBeforeItIsDeleted() {
    TestLanes test = new TestLanes();
    RouterConfig config = new RouterConfig(Map.of("bootstrap.servers", "127.0.0.1:1"));
    Properties settings =
        StreamsSettings.of(
            config,
            new UndeliveredHandler.Context(
                test.lanes, "dead-letters", test.metrics, Clock.systemUTC()));

    assertThat(Integer.parseInt(settings.getProperty("producer.metadata.max.idle.ms", "300000")))
        .isLessThan(TOPIC_IS_DELETED_AFTER_MS);
  }
}
