package io.millrace.emitter.webhook;

import io.millrace.emitter.task.EmitterConnector;
import org.apache.kafka.connect.connector.Task;

/**
 * Kafka Connect sink connector that is one Webhook emitter, or all Webhook emitters that are
 * defined.
 */
public final class WebhookEmitterConnector extends EmitterConnector {

  public WebhookEmitterConnector() {
    super(WebhookConfig.KIND);
  }

  @Override
  public Class<? extends Task> taskClass() {
    return WebhookEmitterTask.class;
  }
}
