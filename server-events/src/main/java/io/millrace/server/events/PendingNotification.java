package io.millrace.server.events;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A handle as its transport keeps it. Safe for use by several threads. */
public final class PendingNotification implements Notification {

  private final String eventId;
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private volatile boolean underWay;

  /** The handle of an event that was submitted. */
  public PendingNotification(String eventId) {
    this.eventId = eventId;
  }

  @Override
  public String getEventId() {
    return eventId;
  }

  @Override
  public EventStatus getStatus() {
    if (completion.isCompletedExceptionally()) {
      return EventStatus.FAILED;
    }
    if (completion.isDone()) {
      return EventStatus.COMPLETED;
    }
    return underWay ? EventStatus.IN_PROGRESS : EventStatus.SUBMITTED;
  }

  /** A copy: whoever completes it completes nothing else. */
  @Override
  public CompletionStage<Void> completion() {
    return completion.minimalCompletionStage();
  }

  /** The event is on its way. */
  public void begin() {
    underWay = true;
  }

  /** The event stands in the event bus. */
  public void complete() {
    completion.complete(null);
  }

  /** The event was not raised. */
  public void fail(NotificationException cause) {
    completion.completeExceptionally(cause);
  }

  /** The event will never be taken. */
  public void fail(RejectedEventException cause) {
    completion.completeExceptionally(cause);
  }
}
