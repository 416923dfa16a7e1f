package io.millrace.gateway.subscription;

import io.millrace.gateway.stream.StreamedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/** A client of a test: remembers all it was told. */
final class Client implements SubscriptionObserver {

  private final List<Long> ids = new ArrayList<>();
  private final List<Integer> chunks = new ArrayList<>();
  private final List<String> gaps = new ArrayList<>();
  private final boolean acknowledges;
  volatile @Nullable Session session;
  volatile @Nullable SessionEnd end;

  Client() {
    this(false);
  }

  /** One that acknowledges every chunk as soon as it has it, or never. */
  Client(boolean acknowledges) {
    this.acknowledges = acknowledges;
  }

  /** Connects, and asks for everything. */
  static Client connect(CompletionStage<Session> opening, Client client) throws Exception {
    client.session = await(opening);
    client.session.request(Long.MAX_VALUE);
    return client;
  }

  static <T> T await(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
  }

  /** Waits for a condition, on a machine that may be very busy. */
  static ConditionFactory eventually() {
    return Awaitility.await().atMost(Duration.ofSeconds(60));
  }

  @Override
  public void events(List<StreamedEvent> chunk) {
    synchronized (this) {
      chunk.forEach(event -> ids.add(event.id()));
      chunks.add(chunk.size());
    }
    Session current = session;
    if (acknowledges && current != null) {
      var unused = current.acknowledge(chunk.get(chunk.size() - 1).id());
    }
  }

  @Override
  public synchronized void gap(long first, long last) {
    gaps.add(first + "…" + last);
  }

  @Override
  public void ended(SessionEnd why) {
    end = why;
  }

  /** As they came. */
  synchronized List<Long> ids() {
    return List.copyOf(ids);
  }

  synchronized List<Integer> chunks() {
    return List.copyOf(chunks);
  }

  synchronized List<String> gaps() {
    return List.copyOf(gaps);
  }
}
