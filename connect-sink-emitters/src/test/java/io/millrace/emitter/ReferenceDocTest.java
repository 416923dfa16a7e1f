package io.millrace.emitter;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.emitter.console.ConsoleEmitterConnector;
import io.millrace.emitter.file.FileEmitterConnector;
import io.millrace.emitter.webhook.WebhookEmitterConnector;
import io.millrace.model.config.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.connect.sink.SinkConnector;
import org.junit.jupiter.api.Test;

/** With {@code -Dmillrace.docs.write=true} it writes the page instead of checking it. */
class ReferenceDocTest {

  private static final Path PAGE = Path.of("../docs/reference/sink-emitters.md");

  @Test
  void pageSaysWhatTheCodeSays() throws IOException {
    String page =
        """
        # Sink connectors: configuration

        Made from the code; `mvn test -pl connect-sink-emitters -am -Dmillrace.docs.write=true` writes it anew.
        Connect's own keys (`topics`, `tasks.max`, converters, `errors.*`) are in Kafka's documentation. Keys that
        begin with `kafka.` go, without that prefix, to the Kafka clients for definitions and dead letters.
        """
            + section(new WebhookEmitterConnector())
            + section(new FileEmitterConnector())
            + section(new ConsoleEmitterConnector());
    if (Boolean.getBoolean("millrace.docs.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE).hasContent(page);
  }

  private static String section(SinkConnector connector) {
    return "\n## `" + connector.getClass().getName() + "`\n\n" + ConfigReference.markdown(connector.config());
  }
}
