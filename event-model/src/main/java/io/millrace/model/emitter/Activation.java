package io.millrace.model.emitter;

import org.jspecify.annotations.Nullable;

/**
 * Whether an emitter shall run, and from where. A task that reads a generation above the one it has
 * applied moves its position as {@code resume} says, once, and forgets why it was disabled.
 *
 * @param enabled false while its owner has switched it off: its events collect
 * @param generation grows by one whenever the emitter is enabled or told to replay; 0 at first
 * @param resume where to go on; absent only in generation 0
 */
public record Activation(boolean enabled, long generation, @Nullable Resume resume) {

  /** Of a new emitter: it begins with the first event that is routed to it. */
  public static final Activation INITIAL = new Activation(true, 0, null);

  public Activation {
    if (generation < 0 || (generation > 0) != (resume != null)) {
      throw new IllegalArgumentException("every generation but the first says where it resumes");
    }
  }

  /** Switched off; the position stays. */
  public Activation disabled() {
    return new Activation(false, generation, resume);
  }

  /** Switched on, from there. */
  public Activation enabled(Resume from) {
    return new Activation(true, generation + 1, from);
  }
}
