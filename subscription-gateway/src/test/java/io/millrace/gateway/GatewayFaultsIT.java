package io.millrace.gateway;

import static io.millrace.gateway.RunningGateway.basic;
import static io.millrace.gateway.RunningGateway.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.fixtures.KafkaFixture;
import io.millrace.fixtures.RestartableKafka;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayFaultsIT {

  private static final String EVENT =
      "{\"id\":\"1\",\"source\":\"/s\",\"type\":\"A\",\"specversion\":\"1.0\"}";

  @Test
  void answersUnavailableWhileTheBrokerIsAwayAndGoesOnWhenItIsBack() throws Exception {
    try (RestartableKafka broker = KafkaFixture.start();
        RunningGateway gateway =
            new RunningGateway(
                broker.bootstrapServers(),
                "away",
                Map.of("ingest.delivery.timeout.ms", "2000", "http.idle.timeout.ms", "500"))) {
      assertThat(batch(gateway).statusCode()).isEqualTo(200);
      broker.stop();

      HttpResponse<String> away = batch(gateway);
      assertThat(away.statusCode()).isEqualTo(503);
      assertThat(away.headers().firstValue("Retry-After")).isPresent();
      JsonNode errors = json(away).path("error");
      assertThat(errors).hasSize(2);
      assertThat(errors.path(1).path("systemMessage").textValue()).startsWith("events[1]");
      HttpResponse<String> foundry =
          gateway.send(
              gateway.post("/ServerEvents", "{\"events\":[{\"topic\":\"a\",\"data\":1}]}"));
      assertThat(foundry.statusCode()).isEqualTo(503);
      assertThat(json(foundry).path("code").intValue()).isEqualTo(620005);
      await().atMost(Duration.ofSeconds(60)).until(() -> !gateway.gateway.health().ready());

      broker.restart();
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptions()
          .until(() -> batch(gateway).statusCode() == 200);
      await().atMost(Duration.ofSeconds(60)).until(() -> gateway.gateway.health().ready());
    }
  }

  @Test
  void tellsNotEveryFaultOfABodyThatIsNothingElse() throws Exception {
    try (RunningGateway gateway = shared(Map.of())) {
      for (String event : List.of("{}", "7")) {
        String body = "[" + (event + ",").repeat(100_000) + event + "]";
        HttpResponse<String> response =
            gateway.send(
                gateway
                    .post("/events", body)
                    .setHeader("Content-Type", "application/cloudevents-batch+json"));
        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(json(response).path("error")).hasSizeBetween(100, 110);
      }
    }
  }

  @Test
  void givesUpOnBodiesThatNeverEnd() throws Exception {
    try (RunningGateway gateway = shared(Map.of("http.idle.timeout.ms", "300"))) {
      assertThat(talk(gateway, head("Content-Length: 100") + "{"))
          .startsWith("HTTP/1.1 408")
          .contains("620014", "Connection: close");
    }
  }

  @Test
  void givesUpOnBodiesThatTrickle() throws Exception {
    try (RunningGateway gateway = shared(Map.of("http.body.timeout.ms", "300"));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.gateway.port())) {
      socket.getOutputStream().write(bytes(head("Content-Length: 100000")));
      InputStream in = socket.getInputStream();
      await()
          .pollInterval(Duration.ofMillis(50))
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                socket.getOutputStream().write(' ');
                return in.available() > 0;
              });
      assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 408");
    }
  }

  @Test
  void asksForTheBodyOnlyWhenItWillTakeIt() throws Exception {
    try (RunningGateway gateway = shared(Map.of("http.max.body.bytes", "1000"))) {
      String large = head("Expect: 100-continue", "Content-Length: 2000");
      assertThat(talk(gateway, large)).startsWith("HTTP/1.1 413");
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.gateway.port())) {
        socket.setSoTimeout(60_000);
        String small = head("Expect: 100-continue", "Content-Length: 2", "Connection: close");
        socket.getOutputStream().write(bytes(small));
        InputStream in = socket.getInputStream();
        assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII))
            .isEqualTo("HTTP/1.1 100");
        socket.getOutputStream().write(bytes("{}"));
        assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).contains("620012");
      }
    }
  }

  @Test
  void readsChunkedBodies() throws Exception {
    try (RunningGateway gateway = shared(Map.of())) {
      String chunked = head("Transfer-Encoding: chunked", "Connection: close");
      assertThat(talk(gateway, chunked + "1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"))
          .startsWith("HTTP/1.1 400")
          .contains("events is missing");
      assertThat(talk(gateway, chunked + "zz\r\n")).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> shared(Map.of("http.port", "" + port)))
          .isInstanceOf(GatewayStartException.class)
          .hasMessageStartingWith("The gateway cannot listen on 127.0.0.1 port " + port);
    }
  }

  @Test
  void refusesDefaultCredentialsOutsideLoopback() {
    assertThatThrownBy(() -> shared(Map.of("http.bind", "0.0.0.0")))
        .isInstanceOf(GatewayStartException.class)
        .hasMessageContaining("auth.users.file");
  }

  @Test
  void refusesAUsersFileThatIsMissing() {
    assertThatThrownBy(() -> shared(Map.of("auth.users.file", "/nowhere.yaml")))
        .isInstanceOf(GatewayStartException.class)
        .hasMessageContaining("/nowhere.yaml");
  }

  @Test
  void saysThatThereIsNoBroker() {
    Map<String, String> settings =
        new HashMap<>(RunningGateway.settings("127.0.0.1:1", "no", Map.of()));
    settings.put("kafka.request.timeout.ms", "500");
    settings.put("start.timeout.ms", "1000");
    assertThatThrownBy(() -> Gateway.start(new GatewayConfig(settings), new SimpleMeterRegistry()))
        .isInstanceOf(GatewayStartException.class)
        .hasMessageStartingWith("The gateway cannot use Kafka at 127.0.0.1:1");
  }

  private static RunningGateway shared(Map<String, String> more) throws Exception {
    return new RunningGateway(
        KafkaFixture.shared().bootstrapServers(), KafkaFixture.uniqueName("faults"), more);
  }

  private static HttpResponse<String> batch(RunningGateway gateway) throws Exception {
    return gateway.send(
        gateway
            .post("/events", "[" + EVENT + "," + EVENT + "]")
            .header("Content-Type", "application/cloudevents-batch+json"));
  }

  private static String head(String... headers) {
    return "POST /ServerEvents HTTP/1.1\r\nHost: x\r\nAuthorization: "
        + basic("admin", "admin")
        + "\r\n"
        + String.join("\r\n", headers)
        + "\r\n\r\n";
  }

  /** Sends the text, and reads until the gateway closes the connection. */
  private static String talk(RunningGateway gateway, String text) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.gateway.port())) {
      socket.setSoTimeout(60_000);
      socket.getOutputStream().write(bytes(text));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
