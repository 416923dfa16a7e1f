package io.millrace.gateway.control;

import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.kafka.DefinitionListener;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The definitions that stand in Kafka. Safe for use by several threads. */
final class DefinitionView implements DefinitionListener {

  private final Map<String, EmitterDefinition> readable = new HashMap<>();
  private final Set<String> unreadable = new TreeSet<>();
  private final Map<String, List<DefinitionWatch>> watches = new HashMap<>();
  private final Runnable onChange;

  /**
   * Empty at first.
   *
   * @param onChange called when a definition comes, changes or goes, on the thread that told of it
   */
  DefinitionView(Runnable onChange) {
    this.onChange = onChange;
  }

  @Override
  public void changed(String emitterId, @Nullable EmitterDefinition definition) {
    if (put(emitterId, definition)) {
      onChange.run();
    }
  }

  @Override
  public void unreadable(String emitterId) {
    synchronized (this) {
      readable.remove(emitterId);
      unreadable.add(emitterId);
      tellWatches(emitterId, Optional.empty());
    }
    onChange.run();
  }

  synchronized Optional<EmitterDefinition> get(String emitterId) {
    return Optional.ofNullable(readable.get(emitterId));
  }

  synchronized Collection<EmitterDefinition> all() {
    return List.copyOf(readable.values());
  }

  /** Emitters whose definition cannot be understood here; what they have must be kept. */
  synchronized Set<String> unreadable() {
    return Set.copyOf(unreadable);
  }

  private synchronized boolean put(String id, @Nullable EmitterDefinition definition) {
    boolean was = unreadable.remove(id);
    EmitterDefinition before =
        definition == null ? readable.remove(id) : readable.put(id, definition);
    boolean changed = was || !Objects.equals(before, definition);
    if (changed) {
      tellWatches(id, Optional.ofNullable(definition));
    }
    return changed;
  }

  /** Begins to watch an emitter; {@link #unwatch} ends it. */
  synchronized DefinitionWatch watch(String emitterId) {
    DefinitionWatch watch = new DefinitionWatch(get(emitterId));
    watches.computeIfAbsent(emitterId, any -> new ArrayList<>()).add(watch);
    return watch;
  }

  synchronized void unwatch(String emitterId, DefinitionWatch watch) {
    watches.computeIfPresent(
        emitterId,
        (id, all) -> {
          all.remove(watch);
          return all.isEmpty() ? null : all;
        });
  }

  private void tellWatches(String id, Optional<EmitterDefinition> definition) {
    watches.getOrDefault(id, List.of()).forEach(watch -> watch.told(definition));
  }
}
