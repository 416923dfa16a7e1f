package io.millrace.gateway.graphql;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.gateway.auth.Authentication;
import io.millrace.gateway.auth.Authentication.Accepted;
import io.millrace.gateway.auth.Credentials;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.graphql.http.GraphQlHttp;
import io.millrace.gateway.http.HttpConfig;
import io.millrace.gateway.http.HttpServer;
import io.millrace.gateway.http.ListenException;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.RequestAuthenticator;
import io.millrace.gateway.http.RequestMetrics;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The gateway's HTTP server with GraphQL over the test schema, for ann with the password pass. */
public final class GraphQlServer implements AutoCloseable {

  public static final String AUTHORIZATION =
      "Basic " + Base64.getEncoder().encodeToString("ann:pass".getBytes(StandardCharsets.UTF_8));

  public final TestSchema schema = new TestSchema();
  private final HttpServer server;

  public GraphQlServer(Mount... more) throws ListenException {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    HttpConfig config =
        new HttpConfig(
            "127.0.0.1",
            0,
            1 << 20,
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            32,
            false);
    SchemaEngine engine = new SchemaEngine(schema.schema(), TestSchema.config(), () -> "track-1");
    List<Mount> mounts = new ArrayList<>(List.of(more));
    mounts.add(
        new GraphQlHttp(new RequestAuthenticator(GraphQlServer::check, registry), engine).mount());
    server = HttpServer.start(config, mounts, new RequestMetrics(registry));
  }

  private static CompletableFuture<Authentication> check(Credentials credentials) {
    return CompletableFuture.completedFuture(
        credentials.equals(Credentials.parse(AUTHORIZATION).orElseThrow())
            ? new Accepted(new Principal("ann", Set.of(), null, null))
            : Authentication.wrong());
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  @Override
  public void close() {
    server.close();
  }
}
