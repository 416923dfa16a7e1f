package io.millrace.gateway.http.outbound;

import io.millrace.model.address.EndpointGuard;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.component.LifeCycle;

/**
 * Asks an endpoint, when it is registered, whether it wants to be delivered to. Redirects are not
 * followed. Safe for use by several threads. Source: CloudEvents HTTP 1.1 web hooks 1.0, section 4.
 */
public final class WebhookHandshake implements AutoCloseable {

  private static final String REQUEST_ORIGIN = "WebHook-Request-Origin";
  private static final String ALLOWED_ORIGIN = "WebHook-Allowed-Origin";

  private final HttpClient client = new HttpClient();
  private final EndpointGuard guard;
  private final String origin;
  private final Duration timeout;

  private WebhookHandshake(EndpointGuard guard, String origin, Duration timeout) {
    this.guard = guard;
    this.origin = origin;
    this.timeout = timeout;
    client.setFollowRedirects(false);
    client.setConnectTimeout(timeout.toMillis());
    client.setAddressResolutionTimeout(timeout.toMillis());
    client.setName("millrace-handshake");
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setSocketAddressResolver(this::resolve);
  }

  /**
   * Starts its HTTP client.
   *
   * @param guard every address is checked, and no other connected to; open if all may be
   * @param origin the name of this installation, such as {@code events.example.org}
   * @param timeout for the whole of one handshake
   * @throws IllegalStateException if the client does not start
   */
  public static WebhookHandshake start(EndpointGuard guard, String origin, Duration timeout) {
    WebhookHandshake handshake = new WebhookHandshake(guard, origin, timeout);
    LifeCycle.start(handshake.client);
    return handshake;
  }

  /**
   * Asks without waiting; never fails.
   *
   * @return why the endpoint must not be delivered to, as the end of a sentence that begins with
   *     its URL; empty if it allows it
   */
  public CompletionStage<Optional<String>> ask(URI url) {
    Optional<String> refusal = guard.refusal(url);
    if (refusal.isPresent()) {
      return CompletableFuture.completedStage(refusal);
    }
    CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
    client
        .newRequest(url)
        .method(HttpMethod.OPTIONS)
        .headers(fields -> fields.put(REQUEST_ORIGIN, origin))
        .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .send(result -> answer.complete(refusal(result)));
    return answer;
  }

  @Override
  public void close() {
    LifeCycle.stop(client);
  }

  private Optional<String> refusal(Result result) {
    if (result.getResponse() == null || result.getResponse().getStatus() == 0) {
      return Optional.of(
          result.getFailure() instanceof ForbiddenAddressException forbidden
              ? forbidden.reason
              : "did not answer the OPTIONS request of the webhook handshake");
    }
    int status = result.getResponse().getStatus();
    HttpFields headers = result.getResponse().getHeaders();
    List<String> allowed = headers.getCSV(ALLOWED_ORIGIN, false);
    if (status >= 200
        && status < 300
        && allowed.stream().anyMatch(each -> each.equals("*") || each.equalsIgnoreCase(origin))) {
      return Optional.empty();
    }
    return Optional.of(
        "does not allow deliveries: OPTIONS was answered by HTTP %d and %s"
            .formatted(
                status,
                allowed.isEmpty()
                    ? "no " + ALLOWED_ORIGIN
                    : "a " + ALLOWED_ORIGIN + " that is not " + origin));
  }

  private static final class ForbiddenAddressException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    ForbiddenAddressException(String reason) {
      super(reason);
      this.reason = reason;
    }
  }

  private void resolve(
      String host,
      int port,
      Map<String, Object> context,
      Promise<List<InetSocketAddress>> promise) {
    new SocketAddressResolver.Async(
            client.getExecutor(), client.getScheduler(), client.getAddressResolutionTimeout())
        .resolve(host, port, context, new CheckedPromise(guard, host, promise));
  }

  /** Lets addresses through only if the guard lets all of them through. */
  private record CheckedPromise(
      EndpointGuard guard, String host, Promise<List<InetSocketAddress>> next)
      implements Promise<List<InetSocketAddress>> {

    @Override
    public void succeeded(List<InetSocketAddress> found) {
      List<InetSocketAddress> addresses = new ArrayList<>(found);
      for (InetSocketAddress each : addresses) {
        InetAddress address = each.getAddress();
        Optional<String> refusal = guard.refusal(host, address);
        if (refusal.isPresent()) {
          next.failed(new ForbiddenAddressException(refusal.get()));
          return;
        }
      }
      next.succeeded(addresses);
    }

    @Override
    public void failed(Throwable error) {
      next.failed(error);
    }
  }
}
