package io.millrace.model.address;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** A block of IP addresses, such as {@code 10.0.0.0/8} or {@code fc00::/7}. */
final class Cidr {

  // 4 or 16 bytes, whose bits beyond the prefix are zero.
  private final byte[] network;
  private final int prefix;

  Cidr(byte[] network, int prefix) {
    if (prefix < 0 || prefix > network.length * 8) {
      throw new IllegalArgumentException("no prefix of such an address: /" + prefix);
    }
    this.network = masked(network, prefix);
    this.prefix = prefix;
  }

  /**
   * Reads a block; an address by itself is a block of one. Asks no name server.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static Cidr parse(String text) {
    int slash = text.indexOf('/');
    byte[] network = literal(slash < 0 ? text : text.substring(0, slash));
    if (slash < 0) {
      return new Cidr(network, network.length * 8);
    }
    try {
      return new Cidr(network, Integer.parseInt(text.substring(slash + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("no prefix length: " + text, e);
    }
  }

  boolean contains(byte[] address) {
    return address.length == network.length && Arrays.equals(network, masked(address, prefix));
  }

  private static byte[] literal(String text) {
    // What has other characters would be looked up as a name.
    boolean four = text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    if (!four && !(text.contains(":") && text.matches("[0-9a-fA-F:.]+"))) {
      throw new IllegalArgumentException("no IP address: " + text);
    }
    try {
      return InetAddress.getByName(text).getAddress();
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("no IP address: " + text, e);
    }
  }

  private static byte[] masked(byte[] address, int bits) {
    byte[] masked = address.clone();
    for (int i = 0; i < masked.length; i++) {
      int fixed = Math.min(8, Math.max(0, bits - i * 8));
      masked[i] &= (byte) (0xff << (8 - fixed));
    }
    return masked;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Cidr cidr
        && prefix == cidr.prefix
        && Arrays.equals(network, cidr.network);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(network) + prefix;
  }

  @Override
  public String toString() {
    try {
      return InetAddress.getByAddress(network).getHostAddress() + "/" + prefix;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address of " + network.length + " bytes", e);
    }
  }
}
