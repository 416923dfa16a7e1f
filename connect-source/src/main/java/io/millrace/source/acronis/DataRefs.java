package io.millrace.source.acronis;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.model.acronis.AcronisAttributes;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches data that an event only refers to. Whoever publishes an event may have written the
 * reference: only one to the Event Manager's own host is followed, with its credentials.
 */
final class DataRefs {

  private static final Logger LOG = LoggerFactory.getLogger(DataRefs.class);

  private final EventManager manager;

  DataRefs(EventManager manager) {
    this.manager = manager;
  }

  /**
   * The event with its data in place of the reference; as it is if it has data, refers to none, or
   * to what is elsewhere or gone.
   *
   * @throws IOException if the data cannot be had now
   */
  CloudEvent resolve(CloudEvent event) throws IOException, InterruptedException {
    Object reference = event.getExtension(AcronisAttributes.DATA_REF);
    URI url = reference == null || event.getData() != null ? null : url(reference.toString());
    if (url == null) {
      return event;
    }
    HttpResponse<byte[]> answer = manager.data(url);
    if (answer.statusCode() != EventManager.OK) {
      return without(event, answer);
    }
    return CloudEventBuilder.v1(event)
        .withoutExtension(AcronisAttributes.DATA_REF)
        .withData(
            answer.headers().firstValue("Content-Type").orElse("application/json"), answer.body())
        .build();
  }

  /** What is gone, or not for us, will not come back; the reference stays to tell. */
  private CloudEvent without(CloudEvent event, HttpResponse<byte[]> answer) throws IOException {
    int status = answer.statusCode();
    if (status == EventManager.TOO_MANY || status >= 500) {
      throw manager.failure(answer, "the data of event " + event.getId());
    }
    LOG.warn("The data of event {} cannot be fetched: {}", event.getId(), status);
    return event;
  }

  private @Nullable URI url(String reference) {
    try {
      URI url = new URI(reference);
      return url.getHost() != null && manager.isOurs(url) ? url : null;
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
