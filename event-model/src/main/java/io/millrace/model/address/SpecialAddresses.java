package io.millrace.model.address;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Says yes or no for an address: whether it belongs to somebody on the public Internet. Sources:
 * IANA's registries of special-purpose IPv4 and IPv6 addresses (RFC 6890 and its successors).
 */
final class SpecialAddresses {

  private static final Map<Cidr, String> SPECIAL = new LinkedHashMap<>();

  // Of IPv6 nothing else is given to anybody.
  private static final Cidr GLOBAL_UNICAST = Cidr.parse("2000::/3");

  static {
    special("0.0.0.0/8", "unspecified");
    special("10.0.0.0/8", "private");
    special("100.64.0.0/10", "shared by a carrier's NAT");
    special("127.0.0.0/8", "loopback");
    special("168.63.129.16/32", "a cloud's metadata service");
    special("169.254.0.0/16", "link-local, as metadata services are");
    special("172.16.0.0/12", "private");
    special("192.0.0.0/24", "reserved for protocols");
    special("192.0.2.0/24", "for documentation");
    special("192.88.99.0/24", "a 6to4 relay");
    special("192.168.0.0/16", "private");
    special("198.18.0.0/15", "for benchmarks");
    special("198.51.100.0/24", "for documentation");
    special("203.0.113.0/24", "for documentation");
    special("224.0.0.0/4", "multicast");
    special("240.0.0.0/4", "reserved, or broadcast");

    special("::/128", "unspecified");
    special("::1/128", "loopback");
    SPECIAL.put(mappedBlock(), "an IPv4 address in an IPv6 form");
    special("::/96", "an IPv4 address in an IPv6 form");
    special("64:ff9b::/96", "behind a NAT64");
    special("64:ff9b:1::/48", "behind a local NAT64");
    special("2001::/32", "a Teredo tunnel");
    special("2001::/23", "reserved for protocols");
    special("2001:db8::/32", "for documentation");
    special("2002::/16", "a 6to4 tunnel");
    special("3fff::/20", "for documentation");
    special("fc00::/7", "private (unique local)");
    special("fe80::/10", "link-local");
    special("fec0::/10", "private (site-local)");
    special("ff00::/8", "multicast");
  }

  private SpecialAddresses() {}

  /** Why an address is not public; empty for one that is. */
  static Optional<String> kind(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (Map.Entry<Cidr, String> special : SPECIAL.entrySet()) {
      if (special.getKey().contains(bytes)) {
        return Optional.of(special.getValue());
      }
    }
    if (bytes.length == 16 && !GLOBAL_UNICAST.contains(bytes)) {
      return Optional.of("not given to anybody");
    }
    return bytes.length == 16 && isIsatap(bytes)
        ? Optional.of("an ISATAP tunnel")
        : Optional.empty();
  }

  // Any prefix, then 0:5efe or 200:5efe, then an IPv4 address. Source: RFC 5214.
  private static boolean isIsatap(byte[] bytes) {
    return (bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == (byte) 0xfe;
  }

  private static void special(String block, String kind) {
    SPECIAL.put(Cidr.parse(block), kind);
  }

  // ::ffff:0:0/96, whose notation Java reads as the IPv4 address in it.
  static Cidr mappedBlock() {
    byte[] network = new byte[16];
    network[10] = (byte) 0xff;
    network[11] = (byte) 0xff;
    return new Cidr(network, 96);
  }
}
