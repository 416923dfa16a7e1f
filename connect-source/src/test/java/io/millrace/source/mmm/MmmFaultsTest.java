package io.millrace.source.mmm;

import static io.millrace.source.mmm.MmmTasks.SUBSCRIPTION;
import static io.millrace.source.mmm.MmmTasks.acknowledge;
import static io.millrace.source.mmm.MmmTasks.eventually;
import static io.millrace.source.mmm.MmmTasks.ids;
import static io.millrace.source.mmm.MmmTasks.range;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.source.TaskDriver;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A task and a server that does what it should not. */
@Timeout(180)
class MmmFaultsTest {

  private static final String ADMIN =
      "Basic " + Base64.getEncoder().encodeToString("admin:admin".getBytes(UTF_8));

  @TempDir private Path folder;
  private MmmServer server;
  private Map<String, String> props;

  @BeforeEach
  void start() throws Exception {
    server = MmmServer.start("0", folder.resolve("state").toString());
    props = MmmTasks.props(server);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"graphql-transport-ws", "graphql-ws"})
  void aCutInsideAChunkLosesNothingAndRepeatsNothing(String subprotocol) throws Exception {
    props.put("subprotocol", subprotocol);
    server.publish(30);
    try (TaskDriver task = MmmTasks.start(props, null)) {
      List<SourceRecord> first = task.poll(30);
      acknowledge(task, first.subList(0, 10));
      eventually("acknowledgement").until(() -> server.acknowledged(SUBSCRIPTION) == 10);
      server.control("{'cut':true}");
      server.publish(20);
      assertThat(ids(task.poll(20))).isEqualTo(range(31, 50));
      assertThat(task.metric("events-duplicate-total")).isEqualTo(20);
      assertThat(task.metric("connection-failures-total")).isPositive();
    }
    // What was read but is not in Kafka yet is not acknowledged by coming back.
    assertThat(server.seen().at("/subscriptions/1/lastEventId").asLong()).isEqualTo(10);
    assertThat(server.acknowledged(SUBSCRIPTION)).isEqualTo(10);
  }

  @Test
  void whatComesTwiceIsDropped() throws Exception {
    server.publish(30);
    try (TaskDriver task = MmmTasks.start(props, null)) {
      assertThat(task.poll(30)).hasSize(30);
      server.control("{'set':{'again':15}}");
      eventually("repetition").until(() -> task.metric("events-duplicate-total") == 15);
      server.publish(1);
      assertThat(ids(task.poll(1))).containsExactly(31L);
    }
  }

  @Test
  void aServerThatHasForgottenAnAcknowledgementIsToldAgain() throws Exception {
    server.publish(30);
    try (TaskDriver task = MmmTasks.start(props, Map.of("id", 25L))) {
      acknowledge(task, task.poll(5));
      eventually("acknowledgement").until(() -> server.acknowledgements().contains(30L));
      server.control("{'forget':true,'set':{'again':3}}");
      eventually("once more").until(() -> server.acknowledgements().equals(List.of(30L, 30L)));
    }
  }

  @Test
  void aServerThatWasKilledIsFoundAgain() throws Exception {
    server.publish(30);
    try (TaskDriver task = MmmTasks.start(props, null)) {
      acknowledge(task, task.poll(30).subList(0, 20));
      eventually("acknowledgement").until(() -> server.acknowledged(SUBSCRIPTION) == 20);
      int port = server.port();
      server.close();
      eventually("attempts").until(() -> task.metric("connection-failures-total") > 2);
      assertThat(task.metric("connected")).isZero();
      server = MmmServer.start(Integer.toString(port), folder.resolve("state").toString());
      server.publish(5);
      assertThat(ids(task.poll(5))).isEqualTo(range(31, 35));
      assertThat(task.metric("connected")).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "no JSON",
        "{'type':'surprise'}",
        "{'type':'next','payload':{}}",
        "{'id':'1','type':'next','payload':{'data':{'_externalEvents':null}}}"
      })
  void aMalformedMessageIsABrokenConnection(String message) throws Exception {
    server.publish(10);
    try (TaskDriver task = MmmTasks.start(props, null)) {
      assertThat(task.poll(10)).hasSize(10);
      server.raw(message.replace('\'', '"'));
      eventually("second connection").until(() -> server.seen().path("connections").asInt() == 2);
      server.publish(1);
      assertThat(ids(task.poll(1))).containsExactly(11L);
    }
  }

  @Test
  void anEventThatIsNoneFailsTheTaskUnlessThatIsTolerated() throws Exception {
    server.publish(1);
    server.control("{'publish':{'count':1,'status':'RENAMED'}}");
    try (TaskDriver task = MmmTasks.start(props, null)) {
      assertThat(task.pollUntilFailure())
          .hasMessageContaining("event 2 has a field entityStatus that is none of CREATED");
    }
    props.put("errors.tolerance", "all");
    server.publish(1);
    try (TaskDriver task = MmmTasks.start(props, null)) {
      assertThat(ids(task.poll(2))).containsExactly(1L, 3L);
      assertThat(task.metric("events-malformed-total")).isOne();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "graphql-transport-ws,MMM refuses the connection",
    "graphql-ws,MMM refuses the connection: Who are you?"
  })
  void credentialsThatAreNotTakenFailTheTask(String subprotocol, String why) throws Exception {
    props.put("subprotocol", subprotocol);
    server.control("{'credentials':'%s'}".formatted(ADMIN));
    try (TaskDriver task = MmmTasks.start(props, null)) {
      assertThat(task.pollUntilFailure())
          .hasMessageContaining(why)
          .hasMessageContaining("check the identity");
    }
    props.put("identity.type", "basic");
    props.put("identity.username", "admin");
    props.put("identity.password", "admin");
    server.publish(5);
    try (TaskDriver task = MmmTasks.start(props, null)) {
      acknowledge(task, task.poll(5));
      eventually("acknowledgement").until(() -> server.acknowledged(SUBSCRIPTION) == 5);
    }
  }

  @Test
  void credentialsThatExpireFailTheTask() throws Exception {
    props.put("identity.type", "bearer");
    props.put("identity.token", "t1");
    server.control("{'credentials':'Bearer t1'}");
    server.publish(5);
    try (TaskDriver task = MmmTasks.start(props, null)) {
      List<SourceRecord> records = task.poll(5);
      server.control("{'credentials':'Bearer t2'}");
      acknowledge(task, records);
      assertThat(task.pollUntilFailure())
          .hasMessageContaining("401")
          .hasMessageContaining("check the identity");
    }
  }

  @ParameterizedTest
  @CsvSource({"401,identity", "403,identity", "404,subscriptions.path"})
  void aHandshakeThatAPersonMustMendFailsTheTask(int status, String key) throws Exception {
    server.control("{'set':{'handshakeStatus':%d}}".formatted(status));
    try (TaskDriver task = MmmTasks.start(props, null)) {
      assertThat(task.pollUntilFailure())
          .hasMessageContaining("status " + status)
          .hasMessageContaining("check")
          .hasMessageContaining(key);
    }
  }

  @Test
  void aServerThatIsBusyIsAskedAgain() throws Exception {
    server.control("{'set':{'handshakeStatus':503}}");
    server.publish(3);
    try (TaskDriver task = MmmTasks.start(props, null)) {
      eventually("attempts").until(() -> task.metric("connection-failures-total") > 2);
      server.control("{'set':{'handshakeStatus':null}}");
      assertThat(ids(task.poll(3))).isEqualTo(range(1, 3));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "graphql-transport-ws,FORBIDDEN,MMM refuses what it is asked: No",
    "graphql-ws,FORBIDDEN,MMM refuses what it is asked: No",
    "graphql-transport-ws,BAD_USER_INPUT,MMM refuses the subscription: No",
    "graphql-ws,BAD_USER_INPUT,MMM refuses the subscription: No",
    "graphql-transport-ws,TAKEN_OVER,give this connector a subscription.id of its own"
  })
  void aSubscriptionThatIsRefusedFailsTheTask(String subprotocol, String code, String why)
      throws Exception {
    props.put("subprotocol", subprotocol);
    server.control(
        "{'set':{'refuse':{'message':'No','extensions':{'code':'%s'}}}}".formatted(code));
    try (TaskDriver task = MmmTasks.start(props, null)) {
      assertThat(task.pollUntilFailure()).hasMessageContaining(why);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"graphql-transport-ws", "graphql-ws"})
  void aSubscriptionThatFailsInPassingIsMadeAgain(String subprotocol) throws Exception {
    props.put("subprotocol", subprotocol);
    server.control("{'set':{'refuse':{'message':'The database is away'}}}");
    server.publish(3);
    try (TaskDriver task = MmmTasks.start(props, null)) {
      eventually("attempts").until(() -> task.metric("connection-failures-total") > 2);
      server.control("{'set':{'refuse':null}}");
      assertThat(ids(task.poll(3))).isEqualTo(range(1, 3));
    }
  }

  @Test
  void anAcknowledgementThatFailsIsSentAgain() throws Exception {
    server.control("{'set':{'failAcks':3}}");
    server.publish(5);
    try (TaskDriver task = MmmTasks.start(props, null)) {
      acknowledge(task, task.poll(5));
      eventually("acknowledgement").until(() -> server.acknowledged(SUBSCRIPTION) == 5);
    }
  }

  @Test
  void aServerThatClosesIsComeBackTo() throws Exception {
    server.publish(3);
    try (TaskDriver task = MmmTasks.start(props, null)) {
      assertThat(task.poll(3)).hasSize(3);
      server.control("{'close':{'code':1012,'reason':'restarting'}}");
      server.publish(2);
      assertThat(ids(task.poll(2))).isEqualTo(range(4, 5));
    }
  }

  @Test
  void aSlowServerIsWaitedFor() throws Exception {
    props.put("ping.interval.ms", "100");
    props.put("idle.timeout.ms", "20000");
    server.control("{'set':{'slow':1500}}");
    server.publish(20);
    try (TaskDriver task = MmmTasks.start(props, null)) {
      assertThat(ids(task.poll(20))).isEqualTo(range(1, 20));
      assertThat(task.metric("connection-failures-total")).isZero();
    }
  }

  @Test
  void aMessageThatIsTooLongFailsTheTask() throws Exception {
    props.put("message.max.chars", "500");
    server.publish(10);
    try (TaskDriver task = MmmTasks.start(props, null)) {
      assertThat(task.pollUntilFailure())
          .hasMessageContaining("more than 500 characters: check message.max.chars");
    }
  }
}
