package io.millrace.emitter.http;

import io.millrace.emitter.lane.Outcome;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP status says about the event that was posted.
 *
 * <table>
 *   <caption>Statuses</caption>
 *   <tr><td>200, 201, 202, 204 and every other 2xx</td><td>delivered: the endpoint has it, and to
 *       send it again would only double it</td></tr>
 *   <tr><td>408, 425, 429, 5xx</td><td>retry by back-off, or later if {@code Retry-After} says
 *       so</td></tr>
 *   <tr><td>410</td><td>gone: the emitter is disabled at once</td></tr>
 *   <tr><td>3xx, 401, 402, 403, 404, 405, 407, 421, 423, 424, 426, 428, 451</td><td>refused: the
 *       endpoint takes nothing, whatever the event</td></tr>
 *   <tr><td>400, 413, 415, 422 and every other 4xx</td><td>rejected: this event</td></tr>
 * </table>
 *
 * <p>Sources: CloudEvents HTTP 1.1 web hooks 1.0, RFC 9110.
 */
public record StatusPolicy(RetryAfter retryAfter) {

  private static final int GONE = 410;
  private static final Set<Integer> LATER = Set.of(408, 425, 429);
  private static final Set<Integer> REFUSED =
      Set.of(401, 402, 403, 404, 405, 407, 421, 423, 424, 426, 428, 451);

  public Outcome outcome(int status, @Nullable String retryAfterHeader) {
    if (status >= 200 && status < 300) {
      return Outcome.DELIVERED;
    }
    String cause = "HTTP " + status;
    if (status >= 500 || LATER.contains(status)) {
      return new Outcome.Retry(cause, status, retryAfter.read(retryAfterHeader));
    }
    if (status == GONE) {
      return new Outcome.Gone(cause, status);
    }
    if (status < 400 || REFUSED.contains(status)) {
      return new Outcome.Refused(cause, status);
    }
    return new Outcome.Rejected(cause, status);
  }
}
