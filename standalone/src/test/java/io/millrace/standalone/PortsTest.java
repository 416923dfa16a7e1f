package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.embedded.Endpoint;
import io.millrace.embedded.StartRefusedException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

  private static final Endpoint ANY = Endpoint.loopback(0);

  @Test
  void eachTakenPortHasItsLine() throws Exception {
    try (ServerSocket one = taken();
        ServerSocket two = taken()) {
      Ports ports =
          new Ports(
              ANY,
              Endpoint.loopback(one.getLocalPort()),
              Endpoint.loopback(two.getLocalPort()),
              ANY);
      assertThatThrownBy(ports::requireFree)
          .isInstanceOf(StartRefusedException.class)
          .hasMessage(
              "Cannot listen on 127.0.0.1:%d: Address already in use (wanted by Kafka, --kafka-port).%n"
                  + "Cannot listen on 127.0.0.1:%d: Address already in use"
                  + " (wanted by Kafka Connect, --connect-port).",
              one.getLocalPort(), two.getLocalPort());
    }
  }

  @Test
  void samePortTwiceIsRefused() {
    Endpoint same = Endpoint.loopback(8021);
    assertThatThrownBy(() -> new Ports(same, same, ANY, ANY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--port and --kafka-port are both 8021");
  }

  private static ServerSocket taken() throws Exception {
    ServerSocket socket = new ServerSocket();
    socket.bind(new InetSocketAddress("127.0.0.1", 0));
    return socket;
  }
}
