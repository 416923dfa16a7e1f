package io.millrace.source;

import io.millrace.fixtures.ReferencePage;
import io.millrace.model.config.ConfigReference;
import io.millrace.source.task.EventSourceConnector;
import java.io.IOException;
import java.util.Comparator;
import java.util.ServiceLoader;
import org.apache.kafka.connect.source.SourceConnector;
import org.junit.jupiter.api.Test;

class ReferenceDocTest {

  private static final String HEAD =
      """
      # Source connectors: configuration

      Made from the code; `mvn test -pl connect-source -am -Dmillrace.docs.update=true` writes it anew.
      Connect's own keys (converters, `errors.*`, `exactly.once.support`, `topic.creation.*`) are in Kafka's
      documentation.
      """;

  @Test
  void pageSaysWhatTheCodeSays() throws IOException {
    StringBuilder page = new StringBuilder(HEAD);
    ServiceLoader.load(SourceConnector.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(EventSourceConnector.class::isInstance)
        .sorted(Comparator.comparing(each -> each.getClass().getName()))
        .forEach(each -> page.append(section(each)));
    ReferencePage.assertIsCurrent("sources", page.toString());
  }

  private static String section(SourceConnector connector) {
    return "\n## `"
        + connector.getClass().getName()
        + "`\n\n"
        + ConfigReference.markdown(connector.config());
  }
}
