package io.millrace.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ManagementServerTest {

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicBoolean ready = new AtomicBoolean(true);
  private final HttpClient client = HttpClient.newHttpClient();
  private ManagementServer server;

  @BeforeEach
  void start() {
    server =
        ManagementServer.start(
            new InetSocketAddress("127.0.0.1", 0),
            registry,
            () -> new Health(ready.get(), Map.of("streams", ready.get() ? "RUNNING" : "ERROR")));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void readinessFollowsTheCheck() throws Exception {
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
    ready.set(false);
    HttpResponse<String> response = get("/health/ready");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body())
        .isEqualTo("{\"status\":\"DOWN\",\"parts\":{\"streams\":\"ERROR\"}}");
  }

  @Test
  void livenessDoesNotDependOnTheCheck() throws Exception {
    ready.set(false);
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
  }

  @Test
  void metricsAreInPrometheusText() throws Exception {
    registry.counter("millrace.things").increment(3);
    HttpResponse<String> response = get("/metrics");
    assertThat(response.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain"));
    assertThat(response.body()).contains("millrace_things_total 3.0");
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws Exception {
    assertThat(get("/").statusCode()).isEqualTo(404);
    HttpResponse<String> post =
        client.send(
            HttpRequest.newBuilder(uri("/metrics")).POST(BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.headers().firstValue("allow")).hasValue("GET, HEAD");
  }

  @Test
  void takenPortIsNamed() {
    InetSocketAddress taken = new InetSocketAddress("127.0.0.1", server.port());
    assertThatThrownBy(
            () -> ManagementServer.start(taken, registry, () -> new Health(true, Map.of())))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("management cannot listen on 127.0.0.1:" + server.port());
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }
}
