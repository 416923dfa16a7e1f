package io.millrace.gateway.graphiql;

import io.millrace.gateway.http.Endpoint;
import io.millrace.gateway.http.ErrorEnvelope;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.Trouble;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * {@code /graphiql}: the page and all that it loads, from the class path; it needs no other host.
 * There is nothing secret in it, so that anybody may load it; it asks for credentials, keeps them
 * in its memory, and sends them with each operation. A browser would send its own with what other
 * sites make it do, too.
 */
public final class GraphiQl {

  private static final String PATH = "/graphiql";
  private static final String DIALECT = "graphiql";

  // As the poms have them.
  private static final String LIBRARIES = "/META-INF/resources/_static/";
  private static final String GRAPHIQL = LIBRARIES + "graphiql/3.2.0/";
  private static final String REACT = LIBRARIES + "react/18.3.1/umd/";
  private static final String REACT_DOM = LIBRARIES + "react-dom/18.3.1/umd/";

  private static final String SCRIPT = "text/javascript; charset=utf-8";
  private static final String STYLE = "text/css; charset=utf-8";

  // Its dialogs write styles as they open, so that these may be inline; scripts may not.
  private static final Map<String, String> HEADERS =
      Map.of(
          "Content-Security-Policy",
          "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:;"
              + " font-src data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
              + " frame-ancestors 'none'",
          "X-Content-Type-Options",
          "nosniff",
          "Referrer-Policy",
          "no-referrer",
          // Kept, and asked for again: the answer is mostly that it has not changed.
          "Cache-Control",
          "no-cache");

  private final Map<String, PageFile> files =
      Map.of(
          "", PageFile.of("graphiql.html", "text/html; charset=utf-8"),
          "page.js", PageFile.of("page.js", SCRIPT),
          "page.css", PageFile.of("page.css", STYLE),
          "graphiql.js", PageFile.of(GRAPHIQL + "graphiql.min.js", SCRIPT),
          "graphiql.css", PageFile.of(GRAPHIQL + "graphiql.min.css", STYLE),
          "react.js", PageFile.of(REACT + "react.production.min.js", SCRIPT),
          "react-dom.js", PageFile.of(REACT_DOM + "react-dom.production.min.js", SCRIPT));

  public Mount mount() {
    Endpoint endpoint = this::answer;
    return new Mount(
        DIALECT, PATH, true, Map.of("GET", endpoint, "HEAD", endpoint), new ErrorEnvelope());
  }

  private CompletionStage<Reply> answer(Exchange exchange) {
    PageFile file = files.get(exchange.rest());
    if (file == null) {
      return CompletableFuture.failedFuture(
          HttpProblem.of(Trouble.NOT_FOUND, "path", "is no file of the page"));
    }
    String known = exchange.header("If-None-Match");
    Reply reply =
        known != null && known.contains(file.tag())
            ? Reply.empty(304)
            : Reply.bytes(200, file.contentType(), file.content());
    return CompletableFuture.completedFuture(reply.with(HEADERS).with("ETag", file.tag()));
  }
}
