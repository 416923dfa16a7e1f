package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.gateway.acronis.events.EventPolls;
import io.millrace.gateway.auth.Authentication;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.http.ErrorEnvelope;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.HttpServer;
import io.millrace.gateway.http.RequestAuthenticator;
import io.millrace.gateway.http.RequestMetrics;
import io.millrace.gateway.publicapi.RestApi;
import io.millrace.gateway.security.Viewers;
import io.millrace.gateway.stream.StreamedEvent;
import io.millrace.gateway.subscription.Subscriptions;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.EventRecords;
import io.millrace.model.kafka.TopicProvisioner;
import io.millrace.model.subscription.SubscriptionDefinition;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Long polls over real sockets. The caller's name is the password's. */
class EventPollsIT {

  private static final String ROOT = "/api/event_manager/v1";
  private static final String PATH = ROOT + "/events";

  private final HttpClient client = HttpClient.newHttpClient();
  private KafkaProducer<byte[], byte[]> producer;
  private GatewayConfig config;
  private Subscriptions subscriptions;
  private HttpServer server;

  @BeforeEach
  void start() throws Exception {
    String brokers = KafkaFixture.shared().bootstrapServers();
    config =
        new GatewayConfig(
            RunningGateway.settings(
                brokers, KafkaFixture.uniqueName("polls"), Map.of("http.idle.timeout.ms", "300")));
    try (Admin admin = Admin.create(config.clients())) {
      new TopicProvisioner(admin)
          .ensure(List.of(TopicProvisioner.log(config.topics().stream("acronis"), 1)));
    }
    producer =
        new KafkaProducer<>(config.clients(), new ByteArraySerializer(), new ByteArraySerializer());
    subscriptions = Subscriptions.start(config.subscriptions(), config.clients(), config.topics());
    serve(0);
    create("s", Map.of("session_timeout", "PT20S"));
  }

  private void serve(int perSecond) throws Exception {
    var registry = new SimpleMeterRegistry();
    var requests =
        new RequestAuthenticator(
            credentials -> CompletableFuture.completedFuture(accepted(credentials.toString())),
            registry);
    var polls =
        new EventPolls(
            subscriptions,
            Viewers.AS_SHOWN,
            perSecond,
            (caller, definition) -> caller.admin() || caller.name().equals(definition.owner()),
            EventPollsIT::json);
    server =
        HttpServer.start(
            config.http(),
            List.of(
                new RestApi(
                        "acronis",
                        ROOT,
                        new ErrorEnvelope(),
                        List.of(polls.route()),
                        requests,
                        null)
                    .mount()),
            new RequestMetrics(registry));
  }

  private static Authentication accepted(String credentials) {
    String name = credentials.contains("bob") ? "bob" : "ann";
    return new Authentication.Accepted(new Principal(name, Set.of(), null, null));
  }

  private static JsonNode json(
      Exchange exchange, SubscriptionDefinition definition, StreamedEvent event) {
    return JsonNodeFactory.instance.objectNode().put("sequence", event.id());
  }

  @AfterEach
  void stop() {
    subscriptions.stopPolls();
    server.close();
    subscriptions.close();
    producer.close();
  }

  @Test
  void eventsComeWithTheOffsetToAskWithNext() throws Exception {
    publish(5);
    HttpResponse<String> all = get("&offset=0", "ann");
    assertThat(all.statusCode()).isEqualTo(200);
    JsonNode body = RunningGateway.json(all);
    assertThat(body.get("offset").asLong()).isEqualTo(5);
    assertThat(body.get("events").findValuesAsText("sequence"))
        .containsExactly("1", "2", "3", "4", "5");
    assertThat(get("&offset=0", "ann").body()).isEqualTo(all.body());
    assertThat(RunningGateway.json(get("&offset=1&limit=2", "ann")).get("offset").asLong())
        .isEqualTo(3);
  }

  @Test
  void aPollWaitsLongerThanAConnectionMayIdle() throws Exception {
    CompletableFuture<HttpResponse<String>> waiting =
        client.sendAsync(request("&timeout=PT20S", "ann"), BodyHandlers.ofString());
    await().atMost(Duration.ofSeconds(60)).until(() -> subscriptions.waitingPolls() == 1);
    assertThat(get("&timeout=PT1.5S&offset=0", "ann").statusCode()).isEqualTo(202);
    HttpResponse<String> former = waiting.get(60, TimeUnit.SECONDS);
    assertThat(former.statusCode()).isEqualTo(202);
    assertThat(former.headers().firstValue("Retry-After")).contains("1");
    CompletableFuture<HttpResponse<String>> next =
        client.sendAsync(request("&timeout=PT20S", "ann"), BodyHandlers.ofString());
    await().atMost(Duration.ofSeconds(60)).until(() -> subscriptions.waitingPolls() == 1);
    publish(1);
    assertThat(next.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
  }

  @Test
  void whatIsWrongIsToldAllAtOnce() throws Exception {
    HttpResponse<String> wrong =
        send(
            HttpRequest.newBuilder(uri("?consumer_id=a%20b&offset=-1&limit=1001&timeout=30s"))
                .header("Authorization", RunningGateway.basic("ann", "x"))
                .build());
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body())
        .contains("subscription_id is missing", "consumer_id must", "offset must", "limit must")
        .contains("timeout must be an ISO 8601 duration");
    assertThat(get("&offset=1", "ann").body()).contains("its newest is 0");
    assertThat(get("", "bob").statusCode()).isEqualTo(403);
    create("other", Map.of());
    assertThat(ask("unknown", "c", "").statusCode()).isEqualTo(404);
    assertThat(
            send(HttpRequest.newBuilder(uri("?subscription_id=s&consumer_id=c")).build())
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void anotherConsumerIsToldWhenToComeAgain() throws Exception {
    publish(1);
    assertThat(ask("s", "c", "&offset=0").statusCode()).isEqualTo(200);
    HttpResponse<String> other = ask("s", "d", "&offset=0");
    assertThat(other.statusCode()).isEqualTo(429);
    assertThat(other.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 20L);
  }

  @Test
  void whoAsksTooOftenIsToldToWait() throws Exception {
    server.close();
    serve(2);
    publish(1);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              HttpResponse<String> last = ask("s", "c", "&offset=0");
              return last.statusCode() == 429
                  && last.headers().firstValue("Retry-After").orElse("").equals("1")
                  && last.body().contains("too often");
            });
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> ask("s", "c", "&offset=0").statusCode() == 200);
  }

  @Test
  void aClientThatGoesAwayFreesItsPoll() throws Exception {
    for (boolean reset : new boolean[] {false, true}) {
      try (Socket socket = new Socket("127.0.0.1", server.port())) {
        write(socket, "&timeout=PT20S");
        await().atMost(Duration.ofSeconds(60)).until(() -> subscriptions.waitingPolls() == 1);
        if (reset) {
          socket.setSoLinger(true, 0);
        }
      }
      await().atMost(Duration.ofSeconds(10)).until(() -> subscriptions.waitingPolls() == 0);
    }
    publish(1);
    assertThat(get("&offset=0", "ann").statusCode()).isEqualTo(200);
  }

  @Test
  void aConnectionServesOnePollAfterAnother() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      BufferedReader answers =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      for (int i = 0; i < 3; i++) {
        write(socket, "&timeout=PT0.5S");
        assertThat(status(answers)).isEqualTo("HTTP/1.1 202 Accepted");
      }
      // One that comes before the answer to the former is not lost, however it is cut.
      write(socket, "&timeout=PT2S");
      await().atMost(Duration.ofSeconds(60)).until(() -> subscriptions.waitingPolls() == 1);
      write(socket, "&timeout=PT0.5S");
      assertThat(status(answers)).isEqualTo("HTTP/1.1 202 Accepted");
      assertThat(status(answers)).isEqualTo("HTTP/1.1 202 Accepted");
      publish(1);
      write(socket, "&offset=0");
      assertThat(status(answers)).isEqualTo("HTTP/1.1 200 OK");
    }
  }

  private static void write(Socket socket, String more) throws IOException {
    String request =
        "GET %s?subscription_id=s&consumer_id=c%s HTTP/1.1\r\nHost: x\r\nAuthorization: %s\r\n\r\n"
            .formatted(PATH, more, RunningGateway.basic("ann", "x"));
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
  }

  private static String status(BufferedReader answers) throws IOException {
    String status = answers.readLine();
    while (!answers.readLine().isEmpty()) {
      // The headers are of no interest here.
    }
    return status;
  }

  private void create(String id, Map<String, String> settings) throws Exception {
    var definition =
        new SubscriptionDefinition(
            "acronis", EventFilter.EVERYTHING, "ann", EventPolls.DIALECT, settings);
    subscriptions
        .create(id, definition, OptionalLong.of(0))
        .toCompletableFuture()
        .get(60, TimeUnit.SECONDS);
  }

  private void publish(int count) {
    for (int i = 0; i < count; i++) {
      var event =
          CloudEventBuilder.v1().withId("e" + i).withSource(URI.create("/t")).withType("t").build();
      var unused = producer.send(EventRecords.write(config.topics().stream("acronis"), event));
    }
    producer.flush();
  }

  private HttpResponse<String> get(String more, String user) throws Exception {
    return send(request(more, user));
  }

  private HttpResponse<String> ask(String subscription, String consumer, String more)
      throws Exception {
    String query = "?subscription_id=" + subscription + "&consumer_id=" + consumer + more;
    return send(
        HttpRequest.newBuilder(uri(query))
            .header("Authorization", RunningGateway.basic("ann", "x"))
            .build());
  }

  private HttpRequest request(String more, String user) {
    return HttpRequest.newBuilder(uri("?subscription_id=s&consumer_id=c" + more))
        .header("Authorization", RunningGateway.basic(user, "x"))
        .build();
  }

  private URI uri(String query) {
    return URI.create("http://127.0.0.1:" + server.port() + PATH + query);
  }

  private HttpResponse<String> send(HttpRequest request) throws Exception {
    return client.send(request, BodyHandlers.ofString());
  }
}
