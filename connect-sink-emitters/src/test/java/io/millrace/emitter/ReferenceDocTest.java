package io.millrace.emitter;

import io.millrace.emitter.audit.AuditEmitterConnector;
import io.millrace.emitter.console.ConsoleEmitterConnector;
import io.millrace.emitter.file.FileEmitterConnector;
import io.millrace.emitter.filter.FeelFilter;
import io.millrace.emitter.filter.FeelPredicate;
import io.millrace.emitter.kafka.KafkaEmitterConnector;
import io.millrace.emitter.powerbi.PowerBiEmitterConnector;
import io.millrace.emitter.webhook.WebhookEmitterConnector;
import io.millrace.fixtures.ReferencePage;
import io.millrace.model.config.ConfigReference;
import java.io.IOException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.sink.SinkConnector;
import org.apache.kafka.connect.sink.SinkRecord;
import org.junit.jupiter.api.Test;

class ReferenceDocTest {

  @Test
  void pageSaysWhatTheCodeSays() throws IOException {
    String page =
        """
        # Sink connectors: configuration

        Made from the code; `mvn test -pl connect-sink-emitters -am -Dmillrace.docs.update=true` writes it anew.
        Connect's own keys (`topics`, `tasks.max`, converters, `errors.*`) are in Kafka's documentation. Keys that
        begin with `kafka.` go, without that prefix, to the Kafka clients for definitions and dead letters.
        """
            + section(new WebhookEmitterConnector())
            + section(new AuditEmitterConnector())
            + section(new KafkaEmitterConnector())
            + section(new PowerBiEmitterConnector())
            + section(new FileEmitterConnector())
            + section(new ConsoleEmitterConnector())
            + section(FeelFilter.class, new FeelFilter<SinkRecord>().config())
            + section(FeelPredicate.class, new FeelPredicate<SinkRecord>().config());
    ReferencePage.assertIsCurrent("sink-emitters", page);
  }

  private static String section(SinkConnector connector) {
    return section(connector.getClass(), connector.config());
  }

  private static String section(Class<?> plugin, ConfigDef config) {
    return "\n## `" + plugin.getName() + "`\n\n" + ConfigReference.markdown(config);
  }
}
