package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.embedded.Endpoint;
import io.millrace.embedded.StartRefusedException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandaloneIT {

  private static final Endpoint ANY = Endpoint.loopback(0);

  @TempDir Path folder;

  @Test
  void startsBecomesReadyAndStartsAgainOnTheSameFolder() throws Exception {
    for (int round = 0; round < 2; round++) {
      try (Standalone standalone = Standalone.start(config(ANY))) {
        URI ready = URI.create("http://" + standalone.management() + "/health/ready");
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .untilAsserted(() -> assertThat(status(ready)).isEqualTo(200));
        assertThat(status(URI.create("http://" + standalone.connect() + "/connectors")))
            .isEqualTo(200);
        assertThat(status(URI.create(standalone.gatewayUrl() + "/graphiql"))).isEqualTo(200);
      }
    }
  }

  @Test
  void secondStartOnTheSameFolderIsRefused() throws Exception {
    try (Standalone first = Standalone.start(config(ANY))) {
      assertThatThrownBy(() -> Standalone.start(config(ANY)))
          .isInstanceOf(StartRefusedException.class)
          .hasMessage(
              "The data folder " + first.config().data() + " is in use by another process.");
    }
  }

  @Test
  void publicAddressWithDefaultCredentialsIsRefusedAndNothingIsLeftRunning() throws Exception {
    assertThatThrownBy(() -> Standalone.start(config(new Endpoint("0.0.0.0", 0))))
        .isInstanceOf(StartRefusedException.class)
        .hasMessageContaining("auth.users.file");
    Standalone.start(config(ANY)).close();
  }

  private StandaloneConfig config(Endpoint gateway) throws Exception {
    return new StandaloneConfig(
        folder.resolve("data"),
        folder.resolve("emitters"),
        Files.createDirectories(folder.resolve("plugins")),
        new Ports(gateway, ANY, ANY, ANY),
        PartSettings.NONE);
  }

  private static int status(URI url) throws Exception {
    return ((HttpURLConnection) url.toURL().openConnection()).getResponseCode();
  }
}
