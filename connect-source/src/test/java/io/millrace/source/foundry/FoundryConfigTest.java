package io.millrace.source.foundry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoundryConfigTest {

  @Test
  void tellsEverythingThatIsWrongAtOnce() {
    Map<String, String> config = base();
    config.put("url", "https://user:secret@example.com/");
    config.put("topic.paths", "a,b//c");
    config.put("client.uuid", "me");
    config.put("message.shape", "round");
    config.put("token.header", "X Y");
    config.put("ping.interval.ms", "1");

    Map<String, List<String>> errors = errors(config);
    assertThat(errors.keySet())
        .containsExactlyInAnyOrder(
            "url",
            "topic.paths",
            "client.uuid",
            "message.shape",
            "token.header",
            "ping.interval.ms");
    assertThat(errors.get("url").toString())
        .contains("must have no user, no query and no fragment")
        .doesNotContain("secret");
  }

  @Test
  void wantsAToken() {
    assertThat(errors(base()).get("identity.type").toString()).contains("Foundry wants a token");
  }

  @Test
  void tellsThatNobodyAnswers() {
    Map<String, String> config = base();
    config.put("identity.type", "bearer");
    config.put("identity.token", "t");
    config.put("connection.check", "true");

    assertThat(errors(config).get("url").toString())
        .contains("cannot be used now: no WebSocket could be opened to ws://127.0.0.1:1/")
        .contains("connection refused");
  }

  @Test
  void tellsReferencesThatNobodyHasResolvedInPlaceOfCallingTheServer() {
    Map<String, String> config = base();
    config.put("url", "${env:URL}");
    config.put("identity.type", "bearer");
    config.put("identity.token", "${file:/etc/foundry.properties:token}");
    config.put("identity.parameters.audience", "${env:AUDIENCE}");
    config.put("connection.check", "true");
    config.put("transforms.a.b", "${env:OTHERS}");

    Map<String, List<String>> errors = errors(config);
    assertThat(errors.keySet()).containsExactlyInAnyOrder("url", "identity.token");
    assertThat(errors.get("identity.token"))
        .containsExactly(
            "identity.token is a reference that no config provider of the worker has resolved");
    assertThat(errors.get("url").toString()).contains("url is a reference");
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403})
  void tellsARefusedTokenAtTheIdentity(int status) throws Exception {
    Map<String, String> identity = Map.of("identity.type", "bearer", "identity.token", "s3cret");

    Map<String, List<String>> errors = errorsWhereTheServerAnswers(status, identity);
    assertThat(errors.keySet()).containsExactly("identity.type");
    assertThat(errors.get("identity.type").toString())
        .contains("does not let the source in: ws://", "/s answers " + status, "the identity")
        .doesNotContain("s3cret");
  }

  @Test
  void tellsATokenThatIsRefusedThoughFreshAtTheIdentity() throws Exception {
    Map<String, String> identity =
        Map.of(
            "identity.type", "oauth2",
            "identity.client.id", "me",
            "identity.client.secret", "s3cret");

    Map<String, List<String>> errors = errorsWhereTheServerAnswers(401, identity);
    assertThat(errors.keySet()).containsExactly("identity.type");
  }

  /** It gives tokens at {@code /token}, too. */
  private static Map<String, List<String>> errorsWhereTheServerAnswers(
      int status, Map<String, String> identity) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/s", exchange -> answer(exchange, status, ""));
    server.createContext(
        "/token", exchange -> answer(exchange, 200, "{\"access_token\":\"fresh\"}"));
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      Map<String, String> config = base();
      config.putAll(identity);
      config.put("url", url + "/s");
      if (identity.containsValue("oauth2")) {
        config.put("identity.token.url", url + "/token");
      }
      config.put("connection.check", "true");
      return errors(config);
    } finally {
      server.stop(0);
    }
  }

  private static void answer(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Test
  void isTheSameClientToTheServerAsLongAsItsNameIs() {
    String id = new FoundryConfig(base()).clientUuid();

    assertThat(UUID.fromString(id)).isNotNull();
    assertThat(new FoundryConfig(base()).clientUuid()).isEqualTo(id);
    Map<String, String> other = base();
    other.put("name", "another");
    assertThat(new FoundryConfig(other).clientUuid()).isNotEqualTo(id);
  }

  @Test
  void promisesNoExactlyOnce() {
    assertThat(new FoundrySourceConnector().exactlyOnceSupport(base()))
        .isEqualTo(ExactlyOnceSupport.UNSUPPORTED);
  }

  private static Map<String, List<String>> errors(Map<String, String> config) {
    return new FoundrySourceConnector()
        .validate(config).configValues().stream()
            .filter(value -> !value.errorMessages().isEmpty())
            .collect(Collectors.toMap(ConfigValue::name, ConfigValue::errorMessages));
  }

  private static Map<String, String> base() {
    Map<String, String> config = new HashMap<>();
    config.put("name", "mine");
    config.put("connector.class", FoundrySourceConnector.class.getName());
    config.put("url", "http://127.0.0.1:1/services/ServerEvents/Stream");
    config.put("topic.paths", "a");
    config.put("stream", "events");
    config.put("connection.check", "false");
    for (String part : List.of("key", "value", "header")) {
      config.put(part + ".converter", "org.apache.kafka.connect.converters.ByteArrayConverter");
    }
    return config;
  }
}
