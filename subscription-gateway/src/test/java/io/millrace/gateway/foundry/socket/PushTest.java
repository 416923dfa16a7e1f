package io.millrace.gateway.foundry.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PushTest {

  private static CloudEvent event(String contentType, String data) {
    return CloudEventBuilder.v1()
        .withId("e-1")
        .withSource(URI.create("/test"))
        .withType("t")
        .withExtension("topicpath", "/a/b")
        .withData(contentType, data.getBytes(StandardCharsets.UTF_8))
        .build();
  }

  private static String push(CloudEvent event) {
    return StandardCharsets.UTF_8.decode(Push.write(event)).toString();
  }

  @Test
  void hasTheTopicAsItWasPublishedAndNumbersAsTheyWereWritten() {
    assertThat(push(event("application/json", "{\"n\":1.10}")))
        .isEqualTo(
            "{\"code\":620010,\"eventId\":\"e-1\",\"topic\":\"/a/b\",\"data\":{\"n\":1.10}}");
  }

  @Test
  void isATextForDataThatIsNoJson() {
    assertThat(push(event("text/plain", "hello"))).endsWith("\"data\":\"hello\"}");
  }

  @Test
  void isEmptyForDataThatIsNotWhatItClaimsToBe() {
    assertThat(push(event("application/json", "{"))).isEmpty();
  }
}
