package io.millrace.model.address;

import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps endpoints that strangers name out of our own network (server-side request forgery). A name
 * may stand for other addresses at each look-up: whoever connects must ask {@link #refusal(String,
 * InetAddress)} for every address that a look-up gave, and then connect to one of just these.
 * Reasons are ends of sentences that begin with the URL or the host.
 */
public final class EndpointGuard {

  /** Lets everything pass. */
  public static final EndpointGuard OPEN = new EndpointGuard(false, Settings.STRICT);

  /**
   * What is allowed beyond public addresses, and what is not.
   *
   * @param schemes of URLs, in lower case
   * @param ports such as {@code 443} and {@code 1024-65535}
   * @param allow hosts ({@code hooks.example}, or {@code .example} for all below it), whose
   *     addresses are not asked about, and blocks of addresses ({@code 10.1.0.0/16})
   * @param deny blocks of addresses that are refused beside the special ones; wins over {@code
   *     allow}
   */
  public record Settings(
      Set<String> schemes, List<String> ports, List<String> allow, List<String> deny) {

    public static final Settings STRICT =
        new Settings(
            Set.of("https", "http"), List.of("80", "443", "1024-65535"), List.of(), List.of());

    public Settings {
      schemes = Set.copyOf(schemes);
      ports = List.copyOf(ports);
      allow = List.copyOf(allow);
      deny = List.copyOf(deny);
    }
  }

  private final boolean closed;
  private final Set<String> schemes;
  private final Ports ports;
  private final Set<String> allowedHosts = new LinkedHashSet<>();
  private final List<Cidr> allowed = new ArrayList<>();
  private final List<Cidr> denied;

  private EndpointGuard(boolean closed, Settings settings) {
    this.closed = closed;
    this.schemes = settings.schemes();
    this.ports = Ports.parse(settings.ports());
    this.denied = settings.deny().stream().map(Cidr::parse).toList();
    for (String entry : settings.allow()) {
      if (entry.indexOf(':') >= 0 || entry.indexOf('/') >= 0 || entry.matches("[0-9.]+")) {
        allowed.add(Cidr.parse(entry));
      } else {
        allowedHosts.add(plain(entry));
      }
    }
  }

  /**
   * A guard by these settings.
   *
   * @throws IllegalArgumentException if a port, range of ports, or block of addresses is none
   */
  public static EndpointGuard of(Settings settings) {
    return new EndpointGuard(true, settings);
  }

  /** Whether everything passes. */
  public boolean isOpen() {
    return !closed;
  }

  /** Why a URL is refused whatever its host's addresses are; empty if it is not. */
  public Optional<String> refusal(URI url) {
    if (!closed) {
      return Optional.empty();
    }
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!schemes.contains(scheme)) {
      return Optional.of(
          "must begin with one of " + String.join(", ", schemes.stream().sorted().toList()));
    }
    int port = url.getPort() >= 0 ? url.getPort() : scheme.equals("https") ? 443 : 80;
    if (!ports.contain(port)) {
      return Optional.of("must not have the port " + port);
    }
    return url.getHost() == null ? Optional.of("must have a host") : Optional.empty();
  }

  /** Why a host must not be connected to at that address; empty if it may be. */
  public Optional<String> refusal(String host, InetAddress address) {
    if (!closed) {
      return Optional.empty();
    }
    byte[] bytes = address.getAddress();
    if (denied.stream().anyMatch(block -> block.contains(bytes))) {
      return Optional.of("has an address that is refused here");
    }
    if (isAllowed(plain(host)) || allowed.stream().anyMatch(block -> block.contains(bytes))) {
      return Optional.empty();
    }
    // The address itself is not told: it may be what the stranger wants to learn.
    return SpecialAddresses.kind(address)
        .map(kind -> "has an address that is not public, but " + kind);
  }

  /**
   * The same for a URL with all addresses of its host, for instance when it is registered.
   *
   * @param addresses all that the host's name stands for now
   */
  public Optional<String> refusal(URI url, InetAddress... addresses) {
    Optional<String> refusal = refusal(url);
    for (InetAddress address : addresses) {
      refusal = refusal.or(() -> refusal(url.getHost(), address));
    }
    return refusal;
  }

  private boolean isAllowed(String host) {
    if (allowedHosts.contains(host)) {
      return true;
    }
    for (int dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
      if (allowedHosts.contains(host.substring(dot))) {
        return true;
      }
    }
    return false;
  }

  // In lower case, without the brackets of an IPv6 address and the dot of a complete name.
  private static String plain(String name) {
    String host = name.toLowerCase(Locale.ROOT);
    if (host.startsWith("[") && host.endsWith("]")) {
      return host.substring(1, host.length() - 1);
    }
    return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }
}
