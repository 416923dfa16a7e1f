package io.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({"127.0.0.1, 127.0.0.1:80", "example.org, example.org:80", "::1, [::1]:80"})
  void writesHostAndPort(String host, String written) {
    assertThat(new Endpoint(host, 80)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void refusesAPortThatCannotBe(int port) {
    assertThatThrownBy(() -> Endpoint.loopback(port))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("port " + port + " is not in 0 to 65535");
  }

  @Test
  void refusesAnAddressOfAnotherMachine() {
    assertThatThrownBy(() -> new Endpoint("192.0.2.1", 8021).requireFree("the gateway"))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageStartingWith("Cannot listen on 192.0.2.1:8021: ")
        .hasMessageEndingWith(" (wanted by the gateway).");
  }
}
