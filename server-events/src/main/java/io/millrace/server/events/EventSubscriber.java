package io.millrace.server.events;

/**
 * Receives the events of the topics that it is subscribed to.
 *
 * <p>Events with the same key come one after the other, in their order; others at the same time
 * from several threads. An event comes at least once: after a crash it may come again, with the
 * same {@linkplain EventData#getId() id}. An exception brings it again after a while, to this
 * subscriber only, and after some attempts puts it among the dead letters; a {@link
 * RejectedEventException} does that at once.
 */
@FunctionalInterface
public interface EventSubscriber {

  /** Handles an event; returning means that it is handled. */
  void onEvent(EventData eventData);
}
