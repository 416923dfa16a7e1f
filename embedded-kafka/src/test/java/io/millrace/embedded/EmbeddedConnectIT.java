package io.millrace.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedConnectIT {

  @TempDir static Path data;
  @TempDir Path plugins;

  private static EmbeddedBroker broker;

  @BeforeAll
  static void startBroker() {
    broker = EmbeddedBroker.start(BrokerOptions.in(data));
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  @Test
  void answersOnceStartedAndAgainAfterARestart() throws Exception {
    ConnectOptions options = options("restarted");
    URI first;
    try (EmbeddedConnect connect = EmbeddedConnect.start(options)) {
      first = connect.url();
      assertThat(get(first.resolve("/connectors"))).isEqualTo("[]");
    }
    Endpoint same = Endpoint.loopback(first.getPort());
    try (EmbeddedConnect connect = EmbeddedConnect.start(options.withListen(same))) {
      assertThat(connect.url()).isEqualTo(first);
      assertThat(get(first.resolve("/connectors"))).isEqualTo("[]");
    }
  }

  @Test
  void leavesTheContextClassLoaderAsItWas() throws Exception {
    ClassLoader before = Thread.currentThread().getContextClassLoader();
    try (EmbeddedConnect connect = EmbeddedConnect.start(options("loader"))) {
      assertThat(connect.url().getPort()).isPositive();
      assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
    }
  }

  @Test
  void takenPortIsRefused() throws Exception {
    try (ServerSocket taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress("127.0.0.1", 0));
      ConnectOptions options = options("taken").withListen(Endpoint.loopback(taken.getLocalPort()));
      assertThatThrownBy(() -> EmbeddedConnect.start(options))
          .isInstanceOf(StartRefusedException.class)
          .hasMessage(
              "Cannot listen on 127.0.0.1:"
                  + taken.getLocalPort()
                  + ": Address already in use (wanted by Kafka Connect).");
    }
  }

  @Test
  void missingPluginFolderIsRefused() {
    Path missing = plugins.resolve("none");
    assertThatThrownBy(
            () ->
                EmbeddedConnect.start(
                    ConnectOptions.of(broker.bootstrapServers(), missing, "missing")))
        .isInstanceOf(StartRefusedException.class)
        .hasMessage("The plug-in folder " + missing + " does not exist.");
  }

  private ConnectOptions options(String group) {
    return ConnectOptions.of(broker.bootstrapServers(), plugins, group);
  }

  private static String get(URI url) throws Exception {
    try (InputStream body = url.toURL().openStream()) {
      return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
