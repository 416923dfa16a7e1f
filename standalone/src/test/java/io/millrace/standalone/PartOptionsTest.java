package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.Endpoint;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PartOptionsTest {

  private static final Path FOLDER = Path.of("/d");

  @Test
  void mailsLeadToThePortOfTheGateway() {
    assertThat(gateway(8121, PartSettings.NONE))
        .containsEntry("mail.link", "http://localhost:8121");
    assertThat(gateway(0, PartSettings.NONE)).doesNotContainKey("mail.link");
  }

  @Test
  void mailsLeadToWhatTheConfigurationSays() {
    PartSettings settings = PartSettings.of(Map.of("gateway.mail.link", "https://events.example"));
    assertThat(gateway(8121, settings)).containsEntry("mail.link", "https://events.example");
  }

  @Test
  void servesThePageForGraphQlUnlessToldNotTo() {
    PartSettings settings = PartSettings.of(Map.of("gateway.graphiql.enabled", "false"));
    assertThat(gateway(8121, PartSettings.NONE)).containsEntry("graphiql.enabled", "true");
    assertThat(gateway(8121, settings)).containsEntry("graphiql.enabled", "false");
  }

  private static Map<String, String> gateway(int port, PartSettings settings) {
    Endpoint any = new Endpoint("127.0.0.1", 0);
    Ports ports = new Ports(new Endpoint("127.0.0.1", port), any, any, any);
    return new PartOptions(new StandaloneConfig(FOLDER, FOLDER, FOLDER, ports, settings))
        .gateway(any, any);
  }
}
