package io.millrace.gateway.graphiql;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.gateway.graphql.GraphQlServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphiQlTest {

  private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"]+)\"");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static GraphQlServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new GraphQlServer(new GraphiQl().mount());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void hasAllThatThePageLoads() throws Exception {
    String page = send(to("/graphiql")).body();

    assertThat(LINK.matcher(page).results().map(MatchResult::toString)).isNotEmpty();
    for (MatchResult link : LINK.matcher(page).results().toList()) {
      if (!link.group(1).equals("data:,")) {
        assertThat(link.group(1)).startsWith("/graphiql/");
        assertThat(send(to(link.group(1))).statusCode()).as(link.group(1)).isEqualTo(200);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/graphiql, text/html; charset=utf-8",
    "/graphiql/, text/html; charset=utf-8",
    "/graphiql/page.js, text/javascript; charset=utf-8",
    "/graphiql/graphiql.js, text/javascript; charset=utf-8",
    "/graphiql/graphiql.css, text/css; charset=utf-8",
  })
  void saysWhatItSends(String path, String type) throws Exception {
    HttpResponse<String> response = send(to(path));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).contains(type);
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
        .doesNotContain("http:", "https:", "unsafe-eval", "*");
  }

  @Test
  void sendsNothingThatIsKnown() throws Exception {
    String tag = send(to("/graphiql/graphiql.js")).headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again =
        send(to("/graphiql/graphiql.js").header("If-None-Match", "\"other\", W/" + tag));
    HttpResponse<String> other =
        send(to("/graphiql/graphiql.js").header("If-None-Match", "\"other\""));

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("ETag")).contains(tag);
    assertThat(other.statusCode()).isEqualTo(200);
  }

  @Test
  void answersHead() throws Exception {
    HttpResponse<String> response =
        send(to("/graphiql/page.js").method("HEAD", BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    assertThat(response.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/graphiql/nothing.js",
        "/graphiql/GraphiQl.class",
        "/graphiql/..%2Fgraphql%2Ftest.graphqls",
        "/graphiql/page.js/more",
      })
  void servesNothingElse(String path) throws Exception {
    assertThat(send(to(path)).statusCode()).isBetween(400, 404);
  }

  @Test
  void isOnlyRead() throws Exception {
    HttpResponse<String> response = send(to("/graphiql").POST(BodyPublishers.ofString("x")));

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).contains("GET, HEAD, OPTIONS");
  }

  private static HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(server.uri(path));
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
