package io.millrace.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.model.config.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Run with {@code -Dreference.write=true}, it writes the page instead of comparing it. */
class ReferenceTest {

  private static final Path PAGE = Path.of("..", "docs", "reference", "gateway.md");
  private static final String HEAD =
      """
      # Configuration of the gateway

      Keys of the properties file that `--config` names. This page is made from the code.

      """;

  @Test
  void thePageIsWhatTheCodeSays() throws IOException {
    String made = HEAD + ConfigReference.markdown(GatewayConfig.definition());
    if (Boolean.getBoolean("reference.write")) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, made);
    }
    assertThat(PAGE).content().isEqualTo(made);
  }
}
