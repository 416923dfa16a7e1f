package io.millrace.gateway.ingest.foundry;

import io.millrace.gateway.http.Endpoint;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.Mount;
import io.millrace.gateway.http.Reply;
import io.millrace.gateway.http.RequestAuthenticator;
import io.millrace.gateway.http.Trouble;
import io.millrace.gateway.ingest.Origin;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * {@code POST /services/ServerEvents}. A body that is wrong anywhere publishes nothing; of a right
 * one, each event is published or named among the failed, in the order of the request.
 */
public final class FoundryIngest implements Endpoint {

  private static final String DIALECT = "foundry";

  private final RequestAuthenticator authenticator;
  private final ServerEventPublisher publisher;

  public FoundryIngest(RequestAuthenticator authenticator, ServerEventPublisher publisher) {
    this.authenticator = authenticator;
    this.publisher = publisher;
  }

  /** Both paths of the document. */
  public List<Mount> mounts() {
    return Stream.of("/services/ServerEvents", "/ServerEvents")
        .map(path -> new Mount(DIALECT, path, false, Map.of("POST", this), new FoundryReply()))
        .toList();
  }

  @Override
  public CompletionStage<Reply> answer(Exchange exchange) {
    return authenticator
        .authenticate(exchange)
        .thenCompose(
            principal ->
                exchange
                    .body()
                    .thenCompose(
                        body ->
                            publisher.publish(
                                ServerEventsReader.read(body), Origin.of(principal, exchange)))
                    .thenApply(FoundryIngest::reply));
  }

  private static Reply reply(Published published) {
    Trouble trouble = published.trouble();
    int status = trouble == null ? 200 : trouble.status();
    Reply reply =
        FoundryReply.of(
            status,
            published.code(),
            published.message(),
            published.succeeded(),
            published.failed());
    return trouble == Trouble.UNAVAILABLE ? reply.with("Retry-After", "1") : reply;
  }
}
