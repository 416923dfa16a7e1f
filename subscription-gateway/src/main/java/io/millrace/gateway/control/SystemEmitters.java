package io.millrace.gateway.control;

import io.millrace.gateway.control.folder.FolderContent;
import io.millrace.model.emitter.Activation;
import io.millrace.model.emitter.EmitterDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what has to be written so that the system emitters in Kafka are those of the folder. The
 * emitter of a broken file stays as it stands in Kafka, also over a restart; an emitter that
 * belongs to a user, or cannot be understood, is never removed. What somebody else wrote is changed
 * after a while only: another gateway may have read the folder a little earlier. For use by one
 * thread, but for the conflicts, which any thread may ask.
 */
final class SystemEmitters {

  private static final Logger LOG = LoggerFactory.getLogger(SystemEmitters.class);

  // Two gateways with different folders would else write against each other without end.
  private static final Duration FIRST_WAIT = Duration.ofMillis(500);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final LongSupplier nanos;
  private final long patience;
  // What the folder said when that was last found, or made, to be so in Kafka.
  private final Map<String, EmitterDefinition> agreed = new HashMap<>();
  private final Map<String, Long> strangeSince = new HashMap<>();
  private final Map<String, Backoff> writes = new HashMap<>();
  // What was wanted when it was last written; empty for removed.
  private final Map<String, Optional<EmitterDefinition>> written = new HashMap<>();
  private volatile Map<String, String> conflicts = Map.of();

  /**
   * Knows nothing yet.
   *
   * @param patience how long that may stand which is not so, or not any more, in the folder as it
   *     is seen here
   */
  SystemEmitters(LongSupplier nanos, Duration patience) {
    this.nanos = nanos;
    this.patience = patience.toNanos();
  }

  /**
   * What to write.
   *
   * @param write definitions that differ from what stands
   * @param remove ids of emitters that nobody wants
   */
  record Changes(List<EmitterDefinition> write, List<String> remove) {}

  Changes changes(FolderContent folder, DefinitionView standing) {
    Changes changes = new Changes(new ArrayList<>(), new ArrayList<>());
    Map<String, String> taken = new TreeMap<>();
    Set<String> strange = new HashSet<>();
    for (EmitterDefinition file : folder.emitters().values()) {
      Optional<EmitterDefinition> stands = standing.get(file.id());
      // Files say nothing about activation: that is switched over REST, and stays.
      EmitterDefinition wanted =
          stands.map(EmitterDefinition::activation).map(file::with).orElse(file);
      if (stands.isPresent() && stands.get().owner() != null) {
        taken.put(wanted.id(), "a user has an emitter of that name");
      } else if (Optional.of(wanted).equals(stands)) {
        agreed.put(file.id(), file);
      } else if (isNews(file.id(), !file.equals(agreed.get(file.id())), strange)
          && mayWrite(wanted.id(), Optional.of(wanted))) {
        changes.write().add(wanted);
      }
    }
    for (EmitterDefinition stands : standing.all()) {
      String id = stands.id();
      if (stands.owner() == null
          && !folder.emitters().containsKey(id)
          && !folder.isBroken(id)
          && isNews(id, agreed.containsKey(id), strange)
          && mayWrite(id, Optional.empty())) {
        changes.remove().add(id);
      }
    }
    strangeSince.keySet().retainAll(strange);
    report(taken);
    forget(folder.emitters().keySet(), standing.all());
    return changes;
  }

  /** To be told when the changes were written. */
  void done(Changes changes) {
    for (EmitterDefinition definition : changes.write()) {
      agreed.put(definition.id(), definition.with(Activation.INITIAL));
      wrote(definition.id(), Optional.of(definition));
      LOG.info("System emitter {} ({}) is defined", definition.id(), definition.type().wireName());
    }
    for (String id : changes.remove()) {
      agreed.remove(id);
      wrote(id, Optional.empty());
      LOG.info("System emitter {} is removed", id);
    }
  }

  /** Files that are in order and yet cannot be used, by emitter id. */
  Map<String, String> conflicts() {
    return conflicts;
  }

  /** Nanoseconds until something that waits may be written; very many when nothing does. */
  long remaining() {
    long now = nanos.getAsLong();
    return LongStream.concat(
            writes.values().stream().mapToLong(Backoff::remaining),
            strangeSince.values().stream().mapToLong(since -> patience - (now - since)))
        .filter(left -> left > 0)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  /** Whether the folder has changed, or what stands has long been different. */
  private boolean isNews(String id, boolean folderChanged, Set<String> strange) {
    if (folderChanged) {
      return true;
    }
    strange.add(id);
    long now = nanos.getAsLong();
    return now - strangeSince.computeIfAbsent(id, any -> now) >= patience;
  }

  /** What is newly wanted is written at once, the same thing again only after a wait. */
  private boolean mayWrite(String id, Optional<EmitterDefinition> wanted) {
    if (!wanted.equals(written.get(id))) {
      return true;
    }
    if (backoff(id).isReady()) {
      LOG.warn(
          "System emitter {} was changed by somebody else and is written again;"
              + " do two gateways have different system-emitters folders?",
          id);
      return true;
    }
    return false;
  }

  private void wrote(String id, Optional<EmitterDefinition> wanted) {
    if (!wanted.equals(written.put(id, wanted))) {
      backoff(id).reset();
    }
    backoff(id).attempt();
  }

  private Backoff backoff(String id) {
    return writes.computeIfAbsent(id, any -> new Backoff(nanos, FIRST_WAIT, LONGEST_WAIT));
  }

  private void report(Map<String, String> taken) {
    taken.forEach(
        (id, reason) -> {
          if (!conflicts.containsKey(id)) {
            LOG.warn("System emitter file {}.json is ignored: {}", id, reason);
          }
        });
    conflicts = Map.copyOf(taken);
  }

  private void forget(Set<String> wanted, Collection<EmitterDefinition> standing) {
    Set<String> alive = new HashSet<>(wanted);
    standing.forEach(each -> alive.add(each.id()));
    writes.entrySet().removeIf(each -> !alive.contains(each.getKey()) && each.getValue().isReady());
    written.keySet().retainAll(writes.keySet());
    agreed.keySet().retainAll(alive);
  }
}
