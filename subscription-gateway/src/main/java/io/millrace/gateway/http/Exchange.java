package io.millrace.gateway.http;

import java.io.EOFException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** One request being served. */
public final class Exchange {

  private final Request request;
  private final String rest;
  private final HttpConfig config;
  private volatile boolean bodyAsked;

  /**
   * For those who serve requests.
   *
   * @param rest see {@link #rest()}
   */
  public Exchange(Request request, String rest, HttpConfig config) {
    this.request = request;
    this.rest = rest;
    this.config = config;
  }

  /** The decoded path below the mount, without a slash at either end; empty for the mount. */
  public String rest() {
    return rest;
  }

  /** The first header of that name, in any case. */
  public @Nullable String header(String name) {
    return request.getHeaders().get(name);
  }

  /** Gives each header, its name in lower case. */
  public void eachHeader(BiConsumer<String, String> consumer) {
    for (HttpField field : request.getHeaders()) {
      String value = field.getValue();
      consumer.accept(field.getName().toLowerCase(Locale.ROOT), value == null ? "" : value);
    }
  }

  /**
   * The first parameter of that name in the query, decoded.
   *
   * @throws HttpProblem if the query cannot be decoded
   */
  public @Nullable String query(String name) {
    try {
      return Request.extractQueryParameters(request).getValue(name);
    } catch (RuntimeException e) {
      throw HttpProblem.of(Trouble.MALFORMED, "query", "cannot be decoded");
    }
  }

  /** The content type without its parameters, in lower case; empty where there is none. */
  public String mediaType() {
    String type = Optional.ofNullable(header("Content-Type")).orElse("");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /** The client's address, without a port. */
  public String remoteAddress() {
    return Request.getRemoteAddr(request);
  }

  /** Scheme and authority that the client asked for, such as {@code https://events.example}. */
  public String base() {
    return request.getHttpURI().getScheme() + "://" + authority();
  }

  private String authority() {
    String authority = request.getHttpURI().getAuthority();
    return authority == null
        ? Request.getServerName(request) + ":" + Request.getServerPort(request)
        : authority;
  }

  /**
   * Whether what a browser adds to its requests by itself, such as a password that it keeps, may be
   * believed: not if a page of another host makes it send them.
   */
  public boolean trusted() {
    return config.origins().trusts(header("Origin"), authority());
  }

  /** The value of {@code Authorization}, if there is one that may be believed. */
  public Optional<String> believedAuthorization() {
    return Optional.ofNullable(header("Authorization")).filter(value -> trusted());
  }

  /** Where work goes on that another thread's answer wakes; it outlives the exchange. */
  public Executor executor() {
    return request.getComponents().getExecutor();
  }

  /**
   * Sees to it that a client which closes its connection is noticed while its answer is pending.
   * For a request without a body, or whose body was read.
   *
   * @param gone called if the client is gone, on a thread that must not be held
   * @return the answer, which fails when the client is gone
   */
  public CompletionStage<Reply> watched(CompletionStage<Reply> answer, Runnable gone) {
    CompletableFuture<Reply> watched = answer.toCompletableFuture();
    if (watched.isDone()) {
      return answer;
    }
    bodyAsked = true;
    CompletableFuture<Reply> result = new CompletableFuture<>();
    ClientWatch watch =
        ClientWatch.start(
            request,
            () -> {
              result.completeExceptionally(new EOFException("the client is gone"));
              gone.run();
            });
    var unused =
        watched.whenComplete(
            (reply, failure) -> {
              watch.stop();
              if (failure == null) {
                result.complete(reply);
              } else {
                result.completeExceptionally(failure);
              }
            });
    return result;
  }

  /**
   * Reads the whole body; to be called once. Fails with {@link HttpProblem} when it is too large or
   * too slow, with another exception when the client is gone.
   */
  public CompletionStage<byte[]> body() {
    bodyAsked = true;
    return BodyReader.read(request, config.maxBodyBytes(), config.bodyTimeout());
  }

  /**
   * An answer that waits until the whole request has come. Without that, a client which still sends
   * its body would lose the connection, and with it the next request that it has put there.
   *
   * @param close run before the answer if the rest of the request cannot be waited for
   */
  CompletionStage<Reply> afterBody(CompletionStage<Reply> answer, Runnable close) {
    if (request.getLength() == 0) {
      return answer;
    }
    return answer
        .handle((reply, failure) -> bodyAsked ? answer : discarded(close).thenCompose(r -> answer))
        .thenCompose(Function.identity());
  }

  private CompletionStage<?> discarded(Runnable close) {
    return BodyReader.discard(request, config.maxBodyBytes(), config.bodyTimeout())
        .thenAccept(
            all -> {
              if (!all) {
                close.run();
              }
            });
  }
}
