package io.millrace.gateway.control.folder;

import io.millrace.gateway.control.folder.EmitterFiles.Raw;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.InvalidDefinitionException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What to make of a folder that is read again and again while people write to it. A file in order
 * counts at once: half of a JSON object never is. That a file is broken or gone counts when it has
 * been so for a while, since some editors empty, or even delete, a file before they write it. For
 * use by one thread.
 */
final class FolderState {

  static final Duration SETTLE = Duration.ofMillis(300);

  private static final Logger LOG = LoggerFactory.getLogger(FolderState.class);

  private final EmitterFiles files;
  private final Map<String, Entry> entries = new HashMap<>();
  private boolean first = true;
  private boolean settled = true;

  FolderState(EmitterFiles files) {
    this.files = files;
  }

  /**
   * Takes in what was read.
   *
   * @param now in nanoseconds, of a clock that only goes forward
   */
  FolderContent take(Map<String, Raw> read, long now) {
    settled = true;
    read.forEach((name, raw) -> entries.computeIfAbsent(name, Entry::new).present(raw, now));
    for (Iterator<Entry> all = entries.values().iterator(); all.hasNext(); ) {
      Entry entry = all.next();
      if (!read.containsKey(entry.name) && entry.gone(now)) {
        all.remove();
      }
    }
    first = false;
    return content();
  }

  /** Whether nothing waits for {@link #SETTLE} to pass. */
  boolean isSettled() {
    return settled;
  }

  private FolderContent content() {
    Map<String, EmitterDefinition> emitters = new HashMap<>();
    Map<String, String> broken = new HashMap<>();
    for (Entry entry : entries.values()) {
      if (entry.broken != null) {
        broken.put(entry.name, entry.broken);
      } else if (entry.definition != null) {
        emitters.put(EmitterFiles.id(entry.name), entry.definition);
      }
    }
    return new FolderContent(emitters, broken);
  }

  /** One file: what counts (definition or broken), and what may yet come to count. */
  private final class Entry {

    private final String name;
    private @Nullable Raw raw;
    private @Nullable EmitterDefinition definition;
    private @Nullable String broken;
    private @Nullable String suspected;
    private boolean missing;
    private long since;

    Entry(String name) {
      this.name = name;
    }

    void present(Raw now, long time) {
      missing = false;
      if (!now.equals(raw)) {
        raw = now;
        since = time;
        try {
          accept(files.parse(name, now));
        } catch (InvalidDefinitionException e) {
          suspected = e.getMessage();
        }
      }
      if (suspected != null && (first || hasSettled(time))) {
        broken = suspected;
        suspected = null;
        LOG.warn("System emitter file {} is broken and ignored: {}", name, broken);
      }
    }

    /** Whether it is to be forgotten. */
    boolean gone(long time) {
      if (!missing) {
        missing = true;
        raw = null;
        since = time;
      }
      return hasSettled(time);
    }

    private void accept(EmitterDefinition accepted) {
      if (broken != null) {
        LOG.info("System emitter file {} is in order again", name);
      }
      definition = accepted;
      broken = null;
      suspected = null;
    }

    private boolean hasSettled(long time) {
      boolean done = time - since >= SETTLE.toNanos();
      settled &= done;
      return done;
    }
  }
}
