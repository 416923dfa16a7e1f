package io.millrace.gateway;

import io.millrace.fixtures.ReferencePage;
import io.millrace.model.config.ConfigReference;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReferenceTest {

  private static final String HEAD =
      """
      # Configuration of the gateway

      Keys of the properties file that `--config` names. This page is made from the code.

      """;

  @Test
  void thePageIsWhatTheCodeSays() throws IOException {
    String made = HEAD + ConfigReference.markdown(GatewayConfig.definition());
    ReferencePage.assertIsCurrent("gateway", made);
  }
}
