package io.millrace.server.events.kafka;

import io.millrace.fixtures.ReferencePage;
import io.millrace.model.config.ConfigReference;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReferenceDocTest {

  @Test
  void documentationIsCurrent() throws IOException {
    ReferencePage.assertIsCurrent(
        "server-events",
        """
        # Server events: configuration

        Keys of `ServerEventsConfig`; what they do together is in [server-events.md](../server-events.md). Any
        key of a Kafka client can be added with the prefix `kafka.`. This page is made from the code.

        """
            + ConfigReference.markdown(ServerEventsConfig.definition()));
  }
}
