package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.embedded.Endpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartOptionsTest {

  private static final Path FOLDER = Path.of("/d");
  private static final String FILE_CLASS = "config.providers.file.class";

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

  @Test
  void theWorkerResolvesReferencesToFilesAndFolders() {
    assertThat(connect(FOLDER, PartSettings.NONE))
        .containsEntry("config.providers", "file,dir")
        .containsEntry(FILE_CLASS, "org.apache.kafka.common.config.provider.FileConfigProvider");
  }

  @Test
  void theWorkerResolvesReferencesToIdentitiesWhereThePluginIs(@TempDir Path plugins)
      throws Exception {
    Files.createDirectory(plugins.resolve("millrace-connect-sink-emitters-1"));
    assertThat(connect(plugins, PartSettings.NONE))
        .containsEntry("config.providers", "millrace,file,dir")
        .containsEntry("config.providers.millrace.param.file", "/d/identities/identities");
  }

  @Test
  void providersOfTheUserAreAddedAndTheirKeysWin() {
    Map<String, String> settings =
        connect(
            FOLDER,
            PartSettings.of(
                Map.of(
                    "connect.config.providers",
                    "vault, file",
                    "connect.config.providers.vault.class",
                    "com.example.Vault",
                    "connect." + FILE_CLASS,
                    "com.example.Files",
                    "connect.config.providers.dir.param.allowed.paths",
                    "/run/secrets")));
    assertThat(settings)
        .containsEntry("config.providers", "file,dir,vault")
        .containsEntry("config.providers.vault.class", "com.example.Vault")
        .containsEntry(FILE_CLASS, "com.example.Files")
        .containsEntry("config.providers.dir.param.allowed.paths", "/run/secrets");
  }

  private static Map<String, String> connect(Path plugins, PartSettings settings) {
    Endpoint any = new Endpoint("127.0.0.1", 0);
    Ports ports = new Ports(any, any, any, any);
    return new PartOptions(new StandaloneConfig(FOLDER, FOLDER, plugins, ports, settings))
        .connect(any, any)
        .settings();
  }

  private static Map<String, String> gateway(int port, PartSettings settings) {
    Endpoint any = new Endpoint("127.0.0.1", 0);
    Ports ports = new Ports(new Endpoint("127.0.0.1", port), any, any, any);
    return new PartOptions(new StandaloneConfig(FOLDER, FOLDER, FOLDER, ports, settings))
        .gateway(any, any);
  }
}
