package io.millrace.source.acronis;

import static io.millrace.source.acronis.AcronisTasks.SUBSCRIPTION;
import static io.millrace.source.acronis.AcronisTasks.props;
import static io.millrace.source.acronis.AcronisTasks.start;
import static io.millrace.source.acronis.AcronisTasks.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.millrace.source.TaskDriver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the source does when things go wrong. */
@Timeout(180)
class AcronisFaultsTest {

  private AcronisServer server;

  @BeforeEach
  void begin() throws Exception {
    server = new AcronisServer();
    server.knows(SUBSCRIPTION);
  }

  @AfterEach
  void end() {
    server.close();
  }

  static Stream<AcronisServer.Fault> passing() {
    return Stream.of(
        Faults.CUT_IN_MID_ANSWER,
        Faults.NO_JSON,
        Faults.status(500),
        Faults.status(503),
        Faults.slow(new CountDownLatch(1)));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void comesBackAfterWhatPasses(AcronisServer.Fault fault) throws Exception {
    server.next(fault);
    server.publish(15);
    Map<String, String> props = props(server);
    props.put("request.timeout.ms", "1000");
    try (TaskDriver task = start(props)) {
      assertThat(values(task.poll(15))).isEqualTo(upTo(15));
      assertThat(task.metric("connection-failures-total")).isPositive();
      assertThat(task.metric("events-duplicate-total")).isZero();
    }
  }

  @Test
  void dropsWhatComesTwice() throws Exception {
    try (TaskDriver task = start(props(server))) {
      server.publish(8);
      assertThat(values(task.poll(8))).isEqualTo(upTo(8));
      server.repeats();
      server.publish(2);
      assertThat(values(task.poll(2))).containsExactly("{\"n\":9}", "{\"n\":10}");
      // What comes twice is these or those before, as a poll was waiting or not.
      await().atMost(Duration.ofSeconds(60)).until(() -> task.metric("events-duplicate-total") > 0);
      server.publish(1);
      assertThat(values(task.poll(1))).containsExactly("{\"n\":11}");
    }
  }

  @Test
  void survivesARestartOfTheServer() throws Exception {
    try (TaskDriver task = start(props(server))) {
      server.publish(3);
      assertThat(values(task.poll(3))).isEqualTo(upTo(3));
      server.stop();
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> task.metric("connection-failures-total") > 2);
      assertThat(task.metric("connected")).isZero();
      server.publish(2);
      server.start();
      assertThat(values(task.poll(2))).containsExactly("{\"n\":4}", "{\"n\":5}");
    }
  }

  @Test
  void getsATokenAgainWhenItHasExpired() throws Exception {
    server.wantsTokens(3600);
    try (TaskDriver task = start(withTokens())) {
      server.publish(1);
      task.poll(1);
      assertThat(server.tokensGiven()).isEqualTo(1);
      server.expireToken();
      server.publish(1);
      task.poll(1);
      assertThat(server.tokensGiven()).isEqualTo(2);
      assertThat(task.metric("connection-failures-total")).isZero();
    }
  }

  @Test
  void waitsForASessionThatAnotherHas() throws Exception {
    server.sessionIsOf("another", Duration.ofSeconds(2));
    server.publish(1);
    try (TaskDriver task = start(props(server))) {
      assertThat(values(task.poll(1))).isEqualTo(upTo(1));
      assertThat(task.metric("connection-failures-total")).isZero();
    }
    assertThat(server.requests(AcronisServer.ROOT + "/events"))
        .as("asked again when it was told to, not before")
        .hasSizeBetween(2, 6);
  }

  @Test
  void failsForAnEventThatIsNone() throws Exception {
    server.publish(2);
    server.publish(new ObjectMapper().createObjectNode().put("id", "seven").put("time", "late"));
    try (TaskDriver task = start(props(server))) {
      assertThat(task.pollUntilFailure())
          .isInstanceOf(ConnectException.class)
          .hasMessage(
              "The event with sequence 3 cannot be read: id must be a UUID; time must be a time as"
                  + " RFC 3339 writes it; with errors.tolerance all it would be left out");
    }
  }

  @Test
  void leavesOutWhatIsNoEventIfToldTo() throws Exception {
    server.publish(2);
    server.publish(new ObjectMapper().createObjectNode().put("id", "seven"));
    server.publish(1);
    Map<String, String> props = props(server);
    props.put("errors.tolerance", "all");
    try (TaskDriver task = start(props)) {
      assertThat(values(task.poll(3))).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":4}");
      assertThat(task.metric("events-malformed-total")).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 403, 404, 302})
  void failsForWhatNeedsAPerson(int status) throws Exception {
    server.next(Faults.status(status));
    server.publish(1);
    try (TaskDriver task = start(props(server))) {
      assertThat(task.pollUntilFailure())
          .isInstanceOf(ConnectException.class)
          .hasMessageStartingWith(
              "Reading subscription %s: the Event Manager answered %d (trouble)"
                  .formatted(SUBSCRIPTION, status));
    }
  }

  @Test
  void failsForCredentialsThatAreWrong() throws Exception {
    server.wantsTokens(3600);
    Map<String, String> props = withTokens();
    props.put("identity.client.secret", "wrong");
    try (TaskDriver task = start(props)) {
      assertThat(task.pollUntilFailure())
          .hasMessageContaining("the token endpoint answered 401 (invalid_client)")
          .hasMessageNotContaining("wrong");
    }
  }

  @Test
  void stopsWithinFiveSecondsInAPollOrAWait() throws Exception {
    Map<String, String> props = props(server);
    props.put("poll.timeout.ms", "60000");
    server.publish(1);
    TaskDriver waiting = start(props);
    waiting.poll(1);
    long begin = System.nanoTime();
    waiting.close();
    CountDownLatch answering = new CountDownLatch(1);
    server.next(
        (exchange, body) -> {
          answering.countDown();
          Faults.slow(new CountDownLatch(1)).answer(exchange, body);
        });
    server.publish(1);
    TaskDriver reading = start(props);
    assertThat(answering.await(60, TimeUnit.SECONDS)).isTrue();
    reading.close();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("millrace-source-acronis");
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
  }

  private Map<String, String> withTokens() {
    Map<String, String> props = props(server);
    props.put("identity.type", "oauth2");
    props.put("identity.token.url", server.url() + "/token");
    props.put("identity.client.id", AcronisServer.CLIENT);
    props.put("identity.client.secret", AcronisServer.SECRET);
    props.put("identity.client.authentication", "body");
    return props;
  }

  private static List<String> upTo(int last) {
    return IntStream.rangeClosed(1, last).mapToObj("{\"n\":%d}"::formatted).toList();
  }
}
