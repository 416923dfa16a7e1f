package io.millrace.source.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.UnresolvedAddressException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConnectFailureTest {

  static Stream<Arguments> failures() {
    Throwable unresolved = new ConnectException().initCause(new UnresolvedAddressException());
    Throwable refused = new ConnectException().initCause(new ClosedChannelException());
    return Stream.of(
        Arguments.of(unresolved, "unknown host"),
        Arguments.of(new IOException(new UnknownHostException("h")), "unknown host"),
        Arguments.of(refused, "connection refused"),
        Arguments.of(new ConnectException("Connection refused"), "connection refused"),
        Arguments.of(new HttpConnectTimeoutException("slow"), "timed out"),
        Arguments.of(new ConnectException("Connection timed out"), "timed out"),
        Arguments.of(new NoRouteToHostException("No route to host"), "no route to the host"),
        Arguments.of(new SSLHandshakeException("PKIX"), "SSLHandshakeException: PKIX"),
        Arguments.of(new IOException(), "IOException"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void tellsTheCause(Throwable failure, String words) {
    assertThat(ConnectFailure.inWords(failure)).isEqualTo(words);
  }
}
