package io.millrace.gateway;

import io.millrace.fixtures.ReferencePage;
import io.millrace.model.config.ConfigReference;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReferenceTest {

  private static final String HEAD =
      """
      # Configuration of the gateway

      Keys of the properties file that `--config` names; `./millrace --config` takes the same with `gateway.`
      in front. This page is made from the code.

      Beside these, `connector.<type>.<key>` is the `<key>` of that type's connector, such as
      `connector.webhook.guard.allow`, and `connectors.<key>` that of the connectors of all types:
      [their keys](sink-emitters.md).

      """;

  @Test
  void thePageIsWhatTheCodeSays() throws IOException {
    String made = HEAD + ConfigReference.markdown(GatewayConfig.definition());
    ReferencePage.assertIsCurrent("gateway", made);
  }
}
