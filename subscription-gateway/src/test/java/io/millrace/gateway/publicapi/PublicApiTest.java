package io.millrace.gateway.publicapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.gateway.auth.Authentication;
import io.millrace.gateway.auth.Credentials;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.http.HttpConfig;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.HttpServer;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.RequestAuthenticator;
import io.millrace.gateway.http.RequestMetrics;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.emitter.Problem;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PublicApiTest {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static HttpServer server;

  @BeforeAll
  static void start() throws Exception {
    RequestAuthenticator authenticator =
        new RequestAuthenticator(
            credentials -> CompletableFuture.completedFuture(check(credentials)),
            new SimpleMeterRegistry());
    List<Route> routes =
        List.of(
            route("GET", "/things/{id}", call -> said(call.path("id") + " " + call.query("q"))),
            route("DELETE", "/things/{id}", call -> said("gone")),
            route("POST", "/things/{id}", call -> said("other")),
            route("POST", "/things/dry-run", call -> said("tried")),
            route("GET", "/me", call -> said(call.principal().name())),
            route("PUT", "/me", call -> call.json().thenApply(json -> Envelope.data(200, json))),
            route(
                "GET",
                "/wrong",
                call -> {
                  throw HttpProblem.of(
                      Trouble.CONFLICT,
                      List.of(new Problem("a", "is b"), new Problem("c", "is d")));
                }),
            route(
                "GET",
                "/broken",
                call -> {
                  throw new IllegalStateException("broken on purpose");
                }));
    HttpConfig config =
        new HttpConfig(
            "127.0.0.1",
            0,
            1 << 20,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            8,
            false);
    PublicApi api = new PublicApi(routes, authenticator, () -> UUID.randomUUID().toString());
    server =
        HttpServer.start(
            config, List.of(api.mount()), new RequestMetrics(new SimpleMeterRegistry()));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void putsDataIntoItsEnvelope() throws Exception {
    HttpResponse<String> response = send("GET", "/me", "right");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"data\":\"ada\"}");
  }

  @Test
  void marksEachResponseWithAnIdentifierOfItsOwn() throws Exception {
    assertThat(
            List.of(
                tracking(send("GET", "/me", "right")),
                tracking(send("GET", "/me", "right")),
                tracking(send("GET", "/me", "wrong")),
                tracking(send("GET", "/nothing", "right")),
                tracking(send("PATCH", "/me", "right")),
                tracking(send("TRACE", "/me", "right")),
                tracking(send("OPTIONS", "/me", "right")),
                tracking(send("GET", "/broken", "right"))))
        .doesNotHaveDuplicates();
  }

  @Test
  void refusesWhoIsUnknownInTheEnvelope() throws Exception {
    HttpResponse<String> response = send("GET", "/me", "wrong");
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
    assertThat(errors(response).get(0).path("code").textValue()).isEqualTo("unauthenticated");
  }

  @Test
  void readsThePathAndTheQuery() throws Exception {
    assertThat(send("GET", "/things/a-1?q=b%20c", "right").body()).contains("\"a-1 b c\"");
    assertThat(send("GET", "/things/a-1/", "right").body()).contains("\"a-1 null\"");
  }

  @Test
  void prefersTheNamedStep() throws Exception {
    assertThat(send("POST", "/things/dry-run", "right").body()).contains("tried");
    assertThat(send("POST", "/things/other", "right").body()).contains("other");
    assertThat(send("GET", "/things/dry-run", "right").body()).contains("dry-run");
  }

  @Test
  void tellsAllThatIsWrong() throws Exception {
    HttpResponse<String> response = send("GET", "/wrong", "right");
    assertThat(response.statusCode()).isEqualTo(409);
    assertThat(errors(response).findValuesAsText("systemMessage"))
        .containsExactly("a is b", "c is d");
    assertThat(errors(response).findValuesAsText("userMessage")).hasSize(2);
  }

  @Test
  void answersOtherPathsAndMethodsInTheEnvelope() throws Exception {
    for (String path : List.of("/nothing", "/things", "/things/a/b", "", "/")) {
      HttpResponse<String> response = send("GET", path, "right");
      assertThat(response.statusCode()).as(path).isEqualTo(404);
      assertThat(errors(response).get(0).path("code").textValue()).isEqualTo("not_found");
    }
    HttpResponse<String> response = send("PATCH", "/things/a", "right");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(errors(response)).hasSize(1);
    assertThat(response.headers().firstValue("Allow")).hasValue("DELETE, GET, HEAD, OPTIONS, POST");
  }

  @Test
  void answersHeadAndOptionsWithoutABody() throws Exception {
    HttpResponse<String> head = send("HEAD", "/me", "right");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isEmpty();
    HttpResponse<String> options = send("OPTIONS", "/me", "wrong");
    assertThat(options.statusCode()).isEqualTo(200);
    assertThat(options.headers().firstValue("Allow")).hasValue("GET, HEAD, OPTIONS, PUT");
  }

  @Test
  void readsABodyInWhichNothingStandsTwice() throws Exception {
    assertThat(put("{\"a\":1}").body()).isEqualTo("{\"data\":{\"a\":1}}");
    assertThat(put("{\"a\":1,\"a\":2}").statusCode()).isEqualTo(400);
    assertThat(put("{\"a\":1}}").statusCode()).isEqualTo(400);
    assertThat(errors(put("{\"a\":")).get(0).path("systemMessage").textValue())
        .startsWith("body is no JSON: line 1, column ");
  }

  @Test
  void tellsNothingOfWhatBroke() throws Exception {
    HttpResponse<String> response = send("GET", "/broken", "right");
    assertThat(response.statusCode()).isEqualTo(500);
    assertThat(errors(response).get(0).path("code").textValue()).isEqualTo("internal");
    assertThat(response.body()).doesNotContain("on purpose");
  }

  private static Route route(String method, String path, PublicEndpoint endpoint) {
    return new Route(method, path, endpoint);
  }

  private static CompletableFuture<Reply> said(String text) {
    return CompletableFuture.completedFuture(Envelope.data(200, TextNode.valueOf(text)));
  }

  private static Authentication check(Credentials credentials) {
    return credentials instanceof Credentials.Bearer bearer && bearer.token().equals("right")
        ? new Authentication.Accepted(new Principal("ada", Set.of(), null, null))
        : Authentication.wrong();
  }

  private static HttpResponse<String> send(String method, String path, String token)
      throws Exception {
    return CLIENT.send(
        request(path, token).method(method, BodyPublishers.noBody()).build(),
        BodyHandlers.ofString());
  }

  private static HttpResponse<String> put(String body) throws Exception {
    return CLIENT.send(
        request("/me", "right").PUT(BodyPublishers.ofString(body)).build(),
        BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path, String token) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + server.port() + "/publicapi" + path))
        .timeout(Duration.ofSeconds(60))
        .header("Authorization", "Bearer " + token);
  }

  private static UUID tracking(HttpResponse<String> response) {
    return UUID.fromString(
        response.headers().firstValue("request-tracking-identifier").orElseThrow());
  }

  private static JsonNode errors(HttpResponse<String> response) throws Exception {
    return new ObjectMapper().readTree(response.body()).path("error");
  }
}
