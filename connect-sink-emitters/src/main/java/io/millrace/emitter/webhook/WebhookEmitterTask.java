package io.millrace.emitter.webhook;

import io.millrace.emitter.task.EmitterTask;

/** The task of {@link WebhookEmitterConnector}; Connect creates it. */
public final class WebhookEmitterTask extends EmitterTask {

  public WebhookEmitterTask() {
    super(WebhookConfig.KIND);
  }
}
