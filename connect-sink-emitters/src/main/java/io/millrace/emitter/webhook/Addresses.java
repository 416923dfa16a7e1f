package io.millrace.emitter.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Looks up host names on threads of its own. The HTTP client would do it on whatever thread sends a
 * request, so that one host with a dead name server would hold up all lanes.
 */
final class Addresses implements DnsResolver {

  private static final Duration FRESH = Duration.ofSeconds(30);

  private record Found(List<InetAddress> addresses, long until) {}

  private final Map<String, Found> found = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Found>> underWay = new ConcurrentHashMap<>();
  private final DnsResolver resolver;
  private final Executor executor;
  private final Clock clock;

  Addresses(DnsResolver resolver, Executor executor, Clock clock) {
    this.resolver = resolver;
    this.executor = executor;
    this.clock = clock;
  }

  /** Completes when the host's addresses are known, exceptionally if it has none. */
  CompletableFuture<?> find(String name) {
    String host = plain(name);
    Found known = found.get(host);
    if (known != null && known.until() > clock.millis()) {
      return CompletableFuture.completedFuture(known);
    }
    CompletableFuture<Found> lookup = new CompletableFuture<>();
    CompletableFuture<Found> other = underWay.putIfAbsent(host, lookup);
    if (other != null) {
      return other;
    }
    executor.execute(() -> look(host, lookup));
    return lookup;
  }

  /** What {@link #find} found, fresh or not; called by the client, on any thread. */
  @Override
  public InetAddress[] resolve(String name) throws UnknownHostException {
    Found known = found.get(plain(name));
    if (known == null) {
      throw new UnknownHostException(name + " was not looked up");
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
      Found result = new Found(List.of(resolver.resolve(host)), clock.millis() + FRESH.toMillis());
      found.put(host, result);
      underWay.remove(host);
      lookup.complete(result);
    } catch (UnknownHostException | RuntimeException e) {
      underWay.remove(host);
      lookup.completeExceptionally(new CompletionException("unknown host " + host, e));
    }
  }
}
