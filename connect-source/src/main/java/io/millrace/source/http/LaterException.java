package io.millrace.source.http;

import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The vendor cannot answer now; it is asked again later, without anybody's help. */
public final class LaterException extends IOException {

  @Serial private static final long serialVersionUID = 1L;

  private final @Nullable Duration atLeast;

  /**
   * Says what happened.
   *
   * @param atLeast how long the vendor wants to be left alone; null if it did not say
   */
  public LaterException(String message, @Nullable Duration atLeast) {
    super(message);
    this.atLeast = atLeast;
  }

  public @Nullable Duration atLeast() {
    return atLeast;
  }
}
