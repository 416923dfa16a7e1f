package io.millrace.gateway.ingest.foundry;

import io.millrace.gateway.http.Trouble;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of some events. Topics stand as they were published, one for each event.
 *
 * @param message for the client; of several failures it tells the first
 * @param trouble why nothing was published; null if something was
 */
public record Published(
    List<String> succeeded, List<String> failed, String message, @Nullable Trouble trouble) {

  public Published {
    succeeded = List.copyOf(succeeded);
    failed = List.copyOf(failed);
  }

  /** The dialect's code. */
  public int code() {
    if (trouble != null) {
      return Codes.of(trouble);
    }
    return failed.isEmpty() ? Codes.PUBLISHED : Codes.PARTLY_PUBLISHED;
  }
}
