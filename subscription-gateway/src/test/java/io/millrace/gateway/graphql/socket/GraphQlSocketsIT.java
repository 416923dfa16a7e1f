package io.millrace.gateway.graphql.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real server, and Java's WebSocket client. */
class GraphQlSocketsIT {

  private static final String INIT =
      "{\"type\":\"connection_init\",\"payload\":{\"authorization\":\"" + TestServer.ADA + "\"}}";
  private static final String WRONG =
      "{\"type\":\"connection_init\",\"payload\":{\"Authorization\":\"Bearer nonsense\"}}";

  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(TestServer.socketConfig(), TestServer.config());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void choosesTheOlderProtocolWhenBothAreOffered() throws Exception {
    SocketClient client =
        SocketClient.open(server.uri(), null, "graphql-transport-ws", "graphql-ws");
    assertThat(client.socket.getSubprotocol()).isEqualTo("graphql-ws");
    client.say(INIT);
    assertThat(client.hearTypes(2)).containsExactly("connection_ack", "ka");
  }

  @Test
  void choosesTheNewerProtocolWhenItAloneIsOffered() throws Exception {
    SocketClient client = SocketClient.open(server.uri(), null, "other", "graphql-transport-ws");
    assertThat(client.socket.getSubprotocol()).isEqualTo("graphql-transport-ws");
    client.say(INIT);
    assertThat(client.hearTypes(1)).containsExactly("connection_ack");
  }

  @Test
  void takesNoOfferForTheOlderProtocol() throws Exception {
    SocketClient client = SocketClient.open(server.uri(), null);
    assertThat(client.socket.getSubprotocol()).isEmpty();
    client.say(INIT);
    assertThat(client.hearTypes(2)).containsExactly("connection_ack", "ka");
  }

  @Test
  void closesWhoSpeaksNeitherProtocol() {
    assertThat(SocketClient.open(server.uri(), null, "mqtt").end())
        .isEqualTo("1002 speaks graphql-ws and graphql-transport-ws");
  }

  @Test
  void takesTheCredentialsOfTheHandshakeWhereThePayloadHasNone() throws Exception {
    SocketClient client = SocketClient.open(server.uri(), TestServer.ADA, "graphql-transport-ws");
    client.say("{\"type\":\"connection_init\"}");
    client.hear();
    client.say("{\"type\":\"subscribe\",\"id\":\"1\",\"payload\":{\"query\":\"{me}\"}}");
    assertThat(client.hear().at("/payload/data/me").asText()).isEqualTo("ada");
  }

  @Test
  void refusesWrongCredentialsOfThePayloadThoughTheHandshakeHasRightOnes() throws Exception {
    SocketClient client = SocketClient.open(server.uri(), TestServer.ADA, "graphql-ws");
    client.say(WRONG);
    assertThat(client.hear().path("type").asText()).isEqualTo("connection_error");
    assertThat(client.end()).startsWith("1011 payload.authorization was refused");
  }

  @Test
  void publishesToTwoClientsAtOnce() throws Exception {
    SocketClient one = begun("graphql-transport-ws");
    SocketClient two = begun("graphql-transport-ws");
    String count =
        "{\"type\":\"subscribe\",\"id\":\"7\",\"payload\":{\"query\":\"subscription{count(to:100)}\"}}";
    one.say(count);
    two.say(count);
    for (SocketClient client : new SocketClient[] {one, two}) {
      for (int n : IntStream.rangeClosed(1, 100).toArray()) {
        JsonNode message = client.hear();
        assertThat(message.path("id").asText()).isEqualTo("7");
        assertThat(message.at("/payload/data/count").asInt()).isEqualTo(n);
      }
      assertThat(client.hear().path("type").asText()).isEqualTo("complete");
    }
  }

  @Test
  void asksAPublisherForNoMoreThanASlowClientTakes() throws Exception {
    SocketClient client = begun("graphql-ws");
    client.stopReading();
    client.say(endless(10_000));
    await().atMost(Duration.ofSeconds(60)).until(() -> !server.graphQl.started.isEmpty());
    Numbers numbers = server.graphQl.started.get(0);
    int before = settled(numbers);
    assertThat(numbers.requested.get() - numbers.published.get()).isLessThanOrEqualTo(1);
    assertThat((long) before * 10_000).as("bytes, in the kernel too").isLessThan(20_000_000);
    client.socket.request(before + 100);
    await().atMost(Duration.ofSeconds(60)).until(() -> numbers.published.get() > before + 50);
  }

  @Test
  void cancelsThePublishersOfAClientThatIsGone() throws Exception {
    SocketClient client = begun("graphql-ws");
    client.say(endless(10));
    client.hear();
    client.socket.abort();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> server.graphQl.started.get(0).cancelled.get());
  }

  @Test
  void tellsClientsThatTheServerStops() throws Exception {
    SocketClient client = begun("graphql-ws");
    client.say(endless(10));
    client.hear();
    server.close();
    assertThat(client.end()).isEqualTo("1001 the gateway is being stopped");
    assertThat(server.graphQl.started.get(0).cancelled).isTrue();
  }

  @Test
  void closesAMessageThatIsTooLarge() throws Exception {
    SocketClient client = begun("graphql-ws");
    client.say("{\"type\":\"" + "x".repeat(1_000_000) + "\"}");
    assertThat(client.end()).isEqualTo("1009 message is larger than 100000 bytes");
  }

  private static int settled(Numbers numbers) {
    AtomicInteger before = new AtomicInteger(-1);
    await()
        .pollInterval(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(60))
        .until(() -> before.getAndSet(numbers.published.get()) == before.get());
    return before.get();
  }

  private static String endless(int size) {
    return "{\"type\":\"start\",\"id\":\"1\",\"payload\":{\"query\":"
        + "\"subscription($s:Int!){endless(size:$s)}\",\"variables\":{\"s\":"
        + size
        + "}}}";
  }

  private SocketClient begun(String protocol) throws InterruptedException {
    SocketClient client = SocketClient.open(server.uri(), null, protocol);
    client.say(INIT);
    client.hearTypes(protocol.equals("graphql-ws") ? 2 : 1);
    return client;
  }
}
