package io.millrace.emitter.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import io.millrace.emitter.Events;
import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.Outcome;
import io.millrace.model.emitter.EmitterType;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookEmitterTest {

  private record Received(Map<String, List<String>> headers, String body) {}

  private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
  private final CountDownLatch release = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private WebhookOutlet outlet;
  private volatile int status = 204;
  private volatile String retryAfter = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/hook", this::answer);
    server.createContext("/silent", exchange -> await(release));
    server.createContext("/endless", this::answerWithoutEnd);
    server.start();
    outlet =
        WebhookOutlet.open(
            Map.of("request.timeout.ms", "2000"),
            SystemDefaultDnsResolver.INSTANCE,
            Clock.systemUTC());
  }

  @AfterEach
  void stop() {
    release.countDown();
    outlet.close();
    server.stop(0);
    threads.shutdownNow();
  }

  @Test
  void postsABinaryEventThatTheSdkReadsBack() throws Exception {
    CloudEvent event =
        Events.builder("1")
            .withSubject("Größe \"50%\" €🎈")
            .withExtension("topicpath", "service/production")
            .withData(
                "application/json; charset=utf-8", "{\"a\":1}".getBytes(StandardCharsets.UTF_8))
            .build();

    assertThat(outcome("/hook", Map.of(), event)).isEqualTo(Outcome.DELIVERED);

    Received request = received.take();
    assertThat(header(request, "ce-subject"))
        .isEqualTo("Gr%C3%B6%C3%9Fe%20%2250%25%22%20%E2%82%AC%F0%9F%8E%88");
    assertThat(header(request, "Content-type")).isEqualTo("application/json; charset=utf-8");
    assertThat(request.body()).isEqualTo("{\"a\":1}");
    assertThat(read(request).getExtension("topicpath")).isEqualTo("service/production");
  }

  @Test
  void postsAStructuredEventThatTheSdkReadsBack() throws Exception {
    CloudEvent event = Events.event("1", "{\"amount\":1.50}");

    assertThat(
            outcome(
                "/hook", Map.of("mode", "structured", "prettyPrint", true, "source", "/me"), event))
        .isEqualTo(Outcome.DELIVERED);

    Received request = received.take();
    assertThat(request.body()).contains("\n").contains("1.50");
    assertThat(read(request).getSource()).hasToString("/me");
    assertThat(read(request).getId()).isEqualTo("1");
  }

  @Test
  void postsAnEventWithoutData() throws Exception {
    assertThat(outcome("/hook", Map.of(), Events.builder("1").build()))
        .isEqualTo(Outcome.DELIVERED);
    assertThat(received.take().body()).isEmpty();
  }

  @Test
  void retriesAfter503AsLongAsItAsks() {
    status = 503;
    retryAfter = "120";
    assertThat(outcome("/hook", Map.of(), Events.event("1", "{}")))
        .isEqualTo(new Outcome.Retry("HTTP 503", 503, Duration.ofMinutes(2)));
  }

  @Test
  void followsNoRedirect() {
    status = 302;
    assertThat(outcome("/hook", Map.of(), Events.event("1", "{}")))
        .isInstanceOf(Outcome.Refused.class);
    assertThat(received).hasSize(1);
  }

  @Test
  void rejectsAfter422() {
    status = 422;
    assertThat(outcome("/hook", Map.of(), Events.event("1", "{}")))
        .isEqualTo(new Outcome.Rejected("HTTP 422", 422));
  }

  @Test
  void retriesWhenNobodyAnswers() {
    assertThat(outcome("/silent", Map.of(), Events.event("1", "{}")))
        .isEqualTo(Outcome.retry("no answer within 2000 ms"));
  }

  @Test
  void retriesWhenNobodyListens() {
    int port = server.getAddress().getPort();
    server.stop(0);
    Emitter emitter = emitter("http://127.0.0.1:" + port + "/hook", Map.of());
    assertThat(join(emitter, Events.event("1", "{}"))).isInstanceOf(Outcome.Retry.class);
  }

  @Test
  void retriesWhenTheHostIsUnknown() {
    Emitter emitter = emitter("http://no-such-host.invalid/hook", Map.of());
    assertThat(join(emitter, Events.event("1", "{}")))
        .isInstanceOfSatisfying(
            Outcome.Retry.class,
            retry -> assertThat(retry.cause()).contains("no-such-host.invalid"));
  }

  @Test
  void takesTheStatusOfAnAnswerWithoutEnd() {
    assertThat(outcome("/endless", Map.of(), Events.event("1", "{}"))).isEqualTo(Outcome.DELIVERED);
  }

  @Test
  void rejectsDataThatIsNotTheJsonItSaysInStructuredMode() {
    assertThat(outcome("/hook", Map.of("mode", "structured"), Events.event("1", "{no json")))
        .isInstanceOf(Outcome.Rejected.class);
    assertThat(received).isEmpty();
  }

  private Outcome outcome(String path, Map<String, ?> parameters, CloudEvent event) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + path;
    return join(emitter(url, parameters), event);
  }

  private Emitter emitter(String url, Map<String, ?> parameters) {
    Map<String, Object> all = new HashMap<>(parameters);
    all.put("url", url);
    return outlet.open(Events.spec(EmitterType.WEBHOOK, all));
  }

  private static Outcome join(Emitter emitter, CloudEvent event) {
    return emitter
        .emit(Events.emissions(event))
        .toCompletableFuture()
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  private static CloudEvent read(Received request) {
    return HttpMessageFactory.createReaderFromMultimap(
            request.headers(), request.body().getBytes(StandardCharsets.UTF_8))
        .toEvent();
  }

  private static String header(Received request, String name) {
    return request.headers().entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(name))
        .map(entry -> entry.getValue().get(0))
        .findFirst()
        .orElse("");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      received.add(new Received(Map.copyOf(exchange.getRequestHeaders()), body));
      if (!retryAfter.isEmpty()) {
        exchange.getResponseHeaders().set("Retry-After", retryAfter);
      }
      exchange.getResponseHeaders().set("Location", "/hook");
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private void answerWithoutEnd(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(200, 0);
      while (release.getCount() > 0) {
        exchange.getResponseBody().write(new byte[8192]);
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
