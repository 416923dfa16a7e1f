package io.millrace.emitter.http;

import io.millrace.model.address.EndpointGuard;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.http.HttpHost;
import org.jspecify.annotations.Nullable;

/**
 * Looks up host names on threads of its own. The HTTP client would do it on whatever thread sends a
 * request, so that one host with a dead name server would hold up all lanes.
 *
 * <p>Addresses are checked as they are looked up, and the client connects to none but those that
 * passed: what a name stands for a moment later makes no difference.
 */
public final class Addresses implements DnsResolver {

  private static final Duration FRESH = Duration.ofSeconds(30);
  private static final int MOST_HOSTS = 10_000;

  private record Found(List<InetAddress> addresses, Optional<String> refusal, long until) {}

  private final Map<String, Found> found = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Found>> underWay = new ConcurrentHashMap<>();
  private final DnsResolver resolver;
  private final EndpointGuard guard;
  private final @Nullable HttpHost proxy;
  private final Executor executor;
  private final Clock clock;

  /**
   * Knows no host yet.
   *
   * @param guard checks all that is found
   * @param proxy through which the client goes, if through any: it is not checked
   */
  public Addresses(
      DnsResolver resolver,
      EndpointGuard guard,
      @Nullable HttpHost proxy,
      Executor executor,
      Clock clock) {
    this.resolver = resolver;
    this.guard = guard;
    this.proxy = proxy;
    this.executor = executor;
    this.clock = clock;
  }

  /**
   * Completes when the host's addresses are known, exceptionally if it has none; with the reason if
   * it must not be connected to.
   */
  public CompletableFuture<Optional<String>> find(HttpHost target) {
    if (guard.isOpen() && proxy != null) {
      return CompletableFuture.completedFuture(Optional.empty());
    }
    Optional<String> refusal =
        guard.isOpen() ? Optional.empty() : guard.refusal(URI.create(target.toURI()));
    if (refusal.isPresent()) {
      return CompletableFuture.completedFuture(refusal);
    }
    String host = plain(target.getHostName());
    Found known = found.get(host);
    if (known != null && known.until() > clock.millis()) {
      return CompletableFuture.completedFuture(known.refusal());
    }
    CompletableFuture<Found> lookup = new CompletableFuture<>();
    CompletableFuture<Found> other = underWay.putIfAbsent(host, lookup);
    if (other != null) {
      return other.thenApply(Found::refusal);
    }
    executor.execute(() -> look(host, lookup));
    return lookup.thenApply(Found::refusal);
  }

  /** What {@link #find} found, fresh or not; called by the client, on any thread. */
  @Override
  public InetAddress[] resolve(String name) throws UnknownHostException {
    String host = plain(name);
    if (proxy != null && host.equals(plain(proxy.getHostName()))) {
      return resolver.resolve(host);
    }
    Found known = found.get(host);
    if (known == null || known.refusal().isPresent()) {
      throw new UnknownHostException(name + " has no address that may be used");
    }
    return known.addresses().toArray(InetAddress[]::new);
  }

  @Override
  public String resolveCanonicalHostname(String host) throws UnknownHostException {
    return resolver.resolveCanonicalHostname(host);
  }

  // The client asks in lower case and without the brackets of an IPv6 address.
  private static String plain(String name) {
    String host = name.toLowerCase(Locale.ROOT);
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private void look(String host, CompletableFuture<Found> lookup) {
    try {
      InetAddress[] addresses = resolver.resolve(host);
      Optional<String> refusal = Optional.empty();
      for (InetAddress address : addresses) {
        refusal = refusal.or(() -> guard.refusal(host, address));
      }
      Found result = new Found(List.of(addresses), refusal, clock.millis() + FRESH.toMillis());
      if (found.size() >= MOST_HOSTS) {
        found.values().removeIf(old -> old.until() < clock.millis());
      }
      found.put(host, result);
      underWay.remove(host);
      lookup.complete(result);
    } catch (UnknownHostException | RuntimeException e) {
      underWay.remove(host);
      lookup.completeExceptionally(new CompletionException("unknown host " + host, e));
    }
  }
}
