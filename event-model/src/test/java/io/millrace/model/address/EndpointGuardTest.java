package io.millrace.model.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointGuardTest {

  private static final EndpointGuard STRICT = EndpointGuard.of(EndpointGuard.Settings.STRICT);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255",
        "172.15.255.255",
        "172.32.0.0",
        "192.167.255.255",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2a00:1450:4001:80b::200e",
        "2001:200::1"
      })
  void letsPublicAddressesPass(String address) throws Exception {
    assertThat(STRICT.refusal("hooks.example", InetAddress.getByName(address))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, unspecified",
    "0.1.2.3, unspecified",
    "10.0.0.1, private",
    "10.255.255.255, private",
    "100.64.0.1, NAT",
    "100.100.100.200, NAT",
    "127.0.0.1, loopback",
    "127.255.255.254, loopback",
    "168.63.129.16, metadata",
    "169.254.169.254, metadata",
    "172.16.0.1, private",
    "172.31.255.255, private",
    "192.0.0.192, protocols",
    "192.0.2.1, documentation",
    "192.88.99.1, 6to4",
    "192.168.0.1, private",
    "198.18.0.1, benchmarks",
    "198.19.255.255, benchmarks",
    "198.51.100.1, documentation",
    "203.0.113.1, documentation",
    "224.0.0.1, multicast",
    "239.255.255.255, multicast",
    "240.0.0.1, reserved",
    "255.255.255.255, broadcast",
    "2130706433, loopback",
    "127.1, loopback",
    "::, unspecified",
    "::1, loopback",
    "::7f00:1, IPv4",
    "::ffff:10.0.0.1, private",
    "::ffff:169.254.169.254, metadata",
    "64:ff9b::7f00:1, NAT64",
    "64:ff9b::808:808, NAT64",
    "64:ff9b:1::1, local NAT64",
    "100::1, not given",
    "2001::1, Teredo",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2, Teredo",
    "2001:10::1, protocols",
    "2001:db8::1, documentation",
    "2002:7f00:1::, 6to4",
    "2002:808:808::1, 6to4",
    "3fff::1, documentation",
    "2606:4700::5efe:a00:1, ISATAP",
    "2606:4700::200:5efe:a00:1, ISATAP",
    "4000::1, not given",
    "5f00::1, not given",
    "fc00::1, unique local",
    "fd00:ec2::254, unique local",
    "fe80::1, link-local",
    "febf::1, link-local",
    "fec0::1, site-local",
    "ff02::1, multicast"
  })
  void refusesAllOthers(String address, String kind) throws Exception {
    assertThat(STRICT.refusal("hooks.example", InetAddress.getByName(address)))
        .hasValueSatisfying(reason -> assertThat(reason).contains(kind).doesNotContain(address));
  }

  @Test
  void refusesAMappedAddressInItsLongForm() throws Exception {
    byte[] bytes = HexFormat.of().parseHex("00000000000000000000ffff08080808");
    // Java makes an IPv4 address of it wherever it can.
    assertThat(SpecialAddresses.kind(InetAddress.getByAddress(bytes))).isEmpty();
    assertThat(SpecialAddresses.mappedBlock().contains(bytes)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://hooks.example/, true",
    "http://hooks.example:8080/, true",
    "HTTPS://hooks.example:443/, true",
    "ftp://hooks.example/, false",
    "file:///etc/passwd, false",
    "https://hooks.example:22/, false",
    "http://hooks.example:25/, false",
    "http://hooks.example:0/, false",
    "http:/no-host, false"
  })
  void looksAtSchemeAndPort(URI url, boolean allowed) {
    assertThat(STRICT.refusal(url).isEmpty()).isEqualTo(allowed);
  }

  @Test
  void letsThoseAddressesAndHostsPassThatAreListed() throws Exception {
    EndpointGuard guard =
        EndpointGuard.of(
            new EndpointGuard.Settings(
                Set.of("https"),
                List.of("443"),
                List.of(
                    "10.1.0.0/16", "fd00::/8", "127.0.0.1", "Intranet.example", ".corp.example"),
                List.of("10.1.2.0/24", "9.9.9.9")));
    assertThat(guard.refusal("x.example", address("10.1.0.5"))).isEmpty();
    assertThat(guard.refusal("x.example", address("10.2.0.5"))).isPresent();
    assertThat(guard.refusal("x.example", address("10.1.2.5"))).isPresent();
    assertThat(guard.refusal("x.example", address("9.9.9.9"))).isPresent();
    assertThat(guard.refusal("x.example", address("fd12::1"))).isEmpty();
    assertThat(guard.refusal("x.example", address("127.0.0.1"))).isEmpty();
    assertThat(guard.refusal("x.example", address("127.0.0.2"))).isPresent();
    assertThat(guard.refusal("intranet.example.", address("10.9.0.1"))).isEmpty();
    assertThat(guard.refusal("a.corp.example", address("10.9.0.1"))).isEmpty();
    assertThat(guard.refusal("a.b.corp.example", address("10.9.0.1"))).isEmpty();
    assertThat(guard.refusal("corp.example", address("10.9.0.1"))).isPresent();
    assertThat(guard.refusal("evilcorp.example", address("10.9.0.1"))).isPresent();
    assertThat(guard.refusal(URI.create("http://x.example"))).isPresent();
  }

  @Test
  void refusesAHostIfOneOfItsAddressesIsRefused() throws Exception {
    assertThat(
            STRICT.refusal(
                URI.create("https://x.example"), address("1.1.1.1"), address("10.0.0.1")))
        .isPresent();
    assertThat(STRICT.refusal(URI.create("https://x.example"), address("1.1.1.1"))).isEmpty();
  }

  @Test
  void letsEverythingPassWhenOpen() throws Exception {
    assertThat(EndpointGuard.OPEN.refusal(URI.create("http://x:1"), address("127.0.0.1")))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/x", "300.1.1.1/8", "::g/8"})
  void refusesBlocksThatAreNone(String block) {
    assertThatThrownBy(() -> Cidr.parse(block)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "9-8", "x", "1-", ""})
  void refusesPortsThatAreNone(String port) {
    assertThatThrownBy(() -> Ports.parse(List.of(port)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }
}
