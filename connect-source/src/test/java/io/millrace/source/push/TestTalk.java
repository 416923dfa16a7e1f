package io.millrace.source.push;

import io.cloudevents.CloudEvent;
import io.millrace.source.push.PushProtocol.Voice;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Both ends of a conversation without a connection: what was said, and what was understood. */
public final class TestTalk implements Voice, Reception {

  /** Nanoseconds. */
  public final AtomicLong clock = new AtomicLong();

  public final List<String> said = new ArrayList<>();
  public final List<CompletableFuture<Void>> sent = new ArrayList<>();
  public final List<CloudEvent> events = new ArrayList<>();
  public final List<String> places = new ArrayList<>();
  public final List<Boolean> ready = new ArrayList<>();
  public final List<String> unreadable = new ArrayList<>();
  public int pings;
  public int missed;
  private final boolean sends;

  /**
   * For one conversation.
   *
   * @param sends whether what is said is sent at once
   */
  public TestTalk(boolean sends) {
    this.sends = sends;
  }

  public void after(long millis) {
    clock.addAndGet(millis * 1_000_000);
  }

  @Override
  public CompletableFuture<Void> say(String text) {
    said.add(text);
    CompletableFuture<Void> future = new CompletableFuture<>();
    if (sends) {
      future.complete(null);
    }
    sent.add(future);
    return future;
  }

  @Override
  public void ping() {
    pings++;
  }

  @Override
  public void ready(boolean complete, String place) {
    ready.add(complete);
    places.add(place);
  }

  @Override
  public void reached(String place) {
    places.add(place);
  }

  @Override
  public void missed() {
    missed++;
  }

  /** What it runs when the event is stored, it runs at once. */
  @Override
  public void event(CloudEvent event, String place, Runnable stored) {
    events.add(event);
    places.add(place);
    stored.run();
  }

  @Override
  public void unreadable(String reason) {
    unreadable.add(reason);
  }
}
