package io.millrace.gateway.ingest.cloudevents;

import io.millrace.gateway.http.Endpoint;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.Reply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Abuse protection of the CloudEvents webhook specification: a sender asks whether it may deliver
 * here. The permission is in the headers, not in the status. It is given or not at once; {@code
 * WebHook-Request-Callback} is never called, since that would let strangers have us call anything.
 */
final class Handshake implements Endpoint {

  private static final String ALL = "*";

  private final List<String> allowedOrigins;
  private final String allowedRate;

  Handshake(List<String> allowedOrigins, String allowedRate) {
    this.allowedOrigins = List.copyOf(allowedOrigins);
    this.allowedRate = allowedRate;
  }

  @Override
  public CompletionStage<Reply> answer(Exchange exchange) {
    Reply reply = Reply.empty(200).with("Allow", "POST");
    String origin = exchange.header("WebHook-Request-Origin");
    if (origin != null && allows(origin.strip())) {
      reply = reply.with("WebHook-Allowed-Origin", allowed(origin.strip()));
      if (exchange.header("WebHook-Request-Rate") != null) {
        reply = reply.with("WebHook-Allowed-Rate", allowedRate);
      }
    }
    return CompletableFuture.completedFuture(reply);
  }

  private boolean allows(String origin) {
    return allowedOrigins.contains(ALL)
        || allowedOrigins.stream().anyMatch(allowed -> allowed.equalsIgnoreCase(origin));
  }

  private String allowed(String origin) {
    return allowedOrigins.contains(ALL) ? ALL : origin;
  }
}
