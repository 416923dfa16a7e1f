package io.millrace.model.kafka;

import org.jspecify.annotations.Nullable;

/** Is told of every record of a compacted topic that comes, changes or goes, on one thread. */
@FunctionalInterface
public interface RecordListener {

  /**
   * What stands under the key is now this.
   *
   * @param value null when it was removed
   */
  void changed(String key, byte @Nullable [] value);
}
