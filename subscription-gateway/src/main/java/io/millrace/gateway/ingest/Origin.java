package io.millrace.gateway.ingest;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.http.Exchange;
import io.millrace.model.event.Extensions;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Who published an event and from where, written on it as {@code user}, {@code ip}, {@code app} and
 * {@code tenantid}. What a client says there itself is dropped, unless it is a trusted publisher
 * (role {@code admin} or {@code publisher-trusted}): such a one passes on events of others, so its
 * own origin only fills what the event leaves open.
 *
 * @param traceParent of the request, for events that carry none
 */
public record Origin(Principal principal, String ip, @Nullable String traceParent) {

  // W3C Trace Context.
  private static final Pattern TRACE_PARENT =
      Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}.*");

  public static Origin of(Principal principal, Exchange exchange) {
    String trace = exchange.header(Extensions.TRACE_PARENT);
    boolean valid = trace != null && TRACE_PARENT.matcher(trace).matches();
    return new Origin(principal, exchange.remoteAddress(), valid ? trace : null);
  }

  /** The event with its origin and its topic, as it was published. */
  public CloudEvent stamp(CloudEvent event, String topicPath) {
    CloudEventBuilder stamped = CloudEventBuilder.v1(event);
    stamped.withExtension(Extensions.TOPIC_PATH, topicPath);
    set(stamped, event, Extensions.USER, principal.name());
    set(stamped, event, Extensions.IP, ip);
    set(stamped, event, Extensions.APP, principal.clientId());
    set(stamped, event, Extensions.TENANT_ID, principal.tenant());
    if (traceParent != null && event.getExtension(Extensions.TRACE_PARENT) == null) {
      stamped.withExtension(Extensions.TRACE_PARENT, traceParent);
    }
    return stamped.build();
  }

  private void set(
      CloudEventBuilder stamped, CloudEvent event, String name, @Nullable String value) {
    if (principal.trustedPublisher() && event.getExtension(name) != null) {
      return;
    }
    if (value == null) {
      stamped.withoutExtension(name);
    } else {
      stamped.withExtension(name, value);
    }
  }
}
