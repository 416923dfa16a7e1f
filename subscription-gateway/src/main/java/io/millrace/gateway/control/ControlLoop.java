package io.millrace.gateway.control;

import io.millrace.model.emitter.EmitterDefinition;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass after another on a daemon thread: when something has changed, when something that waits
 * is due, and from time to time anyway.
 */
final class ControlLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ControlLoop.class);
  private static final long SOON = Duration.ofMillis(100).toNanos();
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final Wake wake;
  private final DefinitionLog log;
  private final DefinitionView definitions;
  private final SystemEmitterSync systemEmitters;
  private final TopicSync topics;
  private final @Nullable Connectors connectors;
  private final long interval;
  private final Backoff failures =
      new Backoff(System::nanoTime, Duration.ofMillis(250), Duration.ofSeconds(10));
  private final Thread thread = new Thread(this::run, "millrace-control");
  private volatile boolean closing;
  private volatile boolean ready;
  private volatile @Nullable String trouble;

  ControlLoop(
      Wake wake,
      DefinitionLog log,
      DefinitionView definitions,
      SystemEmitterSync systemEmitters,
      TopicSync topics,
      @Nullable Connectors connectors,
      Duration interval) {
    this.wake = wake;
    this.log = log;
    this.definitions = definitions;
    this.systemEmitters = systemEmitters;
    this.topics = topics;
    this.connectors = connectors;
    this.interval = interval.toNanos();
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Whether one pass has gone through. */
  boolean isReady() {
    return ready;
  }

  /** Why the last pass did not go through; empty when it did. */
  Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      thread.join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closing) {
      try {
        wake.await(attempt());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private long attempt() throws InterruptedException {
    try {
      ready |= pass();
      failures.reset();
      trouble = null;
      return untilNext();
    } catch (RuntimeException e) {
      // Kafka's clients wrap an interrupt; closing ends the loop then.
      if (!closing) {
        LOG.warn("Emitters, topics and connectors could not be compared, trying again", e);
      }
      trouble = "not compared: " + e.getMessage();
      failures.attempt();
      return failures.remaining();
    }
  }

  /** Whether all was there to be compared: the definitions, and the folder's files. */
  private boolean pass() throws InterruptedException {
    if (!log.isRead()) {
      return false;
    }
    boolean folderRead = systemEmitters.run();
    topics.run();
    if (connectors != null) {
      connectors.reconcile(
          definitions.all().stream().map(EmitterDefinition::type).collect(Collectors.toSet()));
    }
    return folderRead;
  }

  private long untilNext() {
    long next =
        Math.min(ready ? interval : SOON, Math.min(systemEmitters.remaining(), topics.remaining()));
    return connectors == null ? next : Math.min(next, connectors.remaining());
  }
}
