package io.millrace.gateway.control;

import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.kafka.DefinitionFollower;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;

/**
 * The emitter definitions, to be read and to be changed. Safe for use by several threads.
 *
 * <p>Kafka has no compare-and-set. A change is written, and then seen to come by in the log: if
 * another gateway's change of the same emitter stands between what this one began from and what it
 * wrote, the change is made once more, of that. So of two changes at once none is lost, and of a
 * change that is answered every later read on this gateway knows.
 */
public final class DefinitionStore {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_ATTEMPTS = 32;

  private static final int TURNS = 64;

  // Changes of one emitter by one gateway go one after the other: at once they would all but one
  // have to be made again, and again.
  private final List<Lock> turns = Stream.<Lock>generate(ReentrantLock::new).limit(TURNS).toList();

  private final DefinitionView view;
  private final DefinitionWriter writer;
  private final DefinitionFollower follower;

  DefinitionStore(DefinitionView view, DefinitionWriter writer, DefinitionFollower follower) {
    this.view = view;
    this.writer = writer;
    this.follower = follower;
  }

  /** Whether the log was read once; before, nothing can be said. */
  public boolean isRead() throws InterruptedException {
    return awaitRead(Duration.ZERO);
  }

  /** Waits until the log was read once; false if it is not in time. */
  public boolean awaitRead(Duration timeout) throws InterruptedException {
    return follower.awaitCaughtUp(timeout);
  }

  public Optional<EmitterDefinition> get(String emitterId) {
    return view.get(emitterId);
  }

  /** All that can be understood, in no order. */
  public Collection<EmitterDefinition> all() {
    return view.all();
  }

  /**
   * Changes one emitter; its topic exists before its definition. Returns what it is now, when all
   * replicas have it.
   *
   * @throws KafkaException if it could not be written, or others change it without end
   */
  public Optional<EmitterDefinition> change(String emitterId, DefinitionChange change)
      throws InterruptedException {
    Lock turn = turns.get(Math.floorMod(emitterId.hashCode(), TURNS));
    turn.lockInterruptibly();
    try {
      return changeInTurn(emitterId, change);
    } finally {
      turn.unlock();
    }
  }

  private Optional<EmitterDefinition> changeInTurn(String emitterId, DefinitionChange change)
      throws InterruptedException {
    Optional<Optional<EmitterDefinition>> lost = Optional.empty();
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      DefinitionWatch watch = view.watch(emitterId);
      try {
        Optional<EmitterDefinition> standing = lost.orElse(watch.first());
        Optional<EmitterDefinition> wanted = decide(emitterId, change, standing, lost.isPresent());
        if (lost.isEmpty() && wanted.equals(standing)) {
          return wanted;
        }
        write(emitterId, wanted);
        lost = watch.lostBy(wanted);
        if (lost.isEmpty()) {
          return wanted;
        }
      } finally {
        view.unwatch(emitterId, watch);
      }
    }
    throw new KafkaException("emitter " + emitterId + " is changed by others all the time");
  }

  private Optional<EmitterDefinition> decide(
      String emitterId, DefinitionChange change, Optional<EmitterDefinition> standing, boolean lost)
      throws InterruptedException {
    try {
      return change.apply(standing);
    } catch (RuntimeException e) {
      if (lost) {
        write(emitterId, standing);
      }
      throw e;
    }
  }

  private void write(String emitterId, Optional<EmitterDefinition> wanted)
      throws InterruptedException {
    long offset =
        wanted.isPresent()
            ? writer.write(List.of(wanted.get()))
            : writer.remove(List.of(emitterId));
    // Not seen in time, it is written all the same.
    boolean unused = follower.awaitPosition(offset + 1, PATIENCE);
  }
}
