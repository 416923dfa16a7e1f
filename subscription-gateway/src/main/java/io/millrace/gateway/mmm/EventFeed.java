package io.millrace.gateway.mmm;

import static java.util.Objects.requireNonNull;

import graphql.ExecutionResult;
import io.millrace.gateway.graphql.RenderedResult;
import io.millrace.gateway.graphql.ResultSource;
import io.millrace.gateway.stream.StreamedEvent;
import io.millrace.gateway.subscription.Session;
import io.millrace.gateway.subscription.SessionEnd;
import io.millrace.gateway.subscription.SubscriptionObserver;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's session as a publisher of chunks, for one subscriber: what it requests is what the
 * session is asked for, so nothing lies here but what the session has handed over. A session that
 * ends by itself is an error that says why.
 */
final class EventFeed implements ResultSource, Subscription, SubscriptionObserver {

  private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);

  private final String subscriptionId;
  private final Projection projection;
  private @Nullable Session session;
  private @Nullable Subscriber<? super Object> subscriber;
  private boolean subscribed;
  private long early;
  private boolean cancelled;
  private @Nullable SessionEnd end;
  private @Nullable RuntimeException fault;
  // Belongs to the session's calls, of which there is one at a time.
  private Chunk.@Nullable Gap gap;

  EventFeed(String subscriptionId, Projection projection) {
    this.subscriptionId = subscriptionId;
    this.projection = projection;
  }

  @Override
  public Publisher<ExecutionResult> results() {
    return subscriber ->
        subscribe(
            new Subscriber<>() {
              @Override
              public void onSubscribe(Subscription subscription) {
                subscriber.onSubscribe(subscription);
              }

              @Override
              public void onNext(Object chunk) {
                byte[] json = projection.write((Chunk) chunk);
                subscriber.onNext(new RenderedResult(ByteBuffer.wrap(json)));
              }

              @Override
              public void onError(Throwable failure) {
                subscriber.onError(failure);
              }

              @Override
              public void onComplete() {
                subscriber.onComplete();
              }
            });
  }

  /** The session that calls this observer; comes before any subscriber. */
  synchronized EventFeed with(Session opened) {
    session = opened;
    return this;
  }

  /** Closes the session if nobody has subscribed: whoever asked for it did not wait. */
  void closeUnwanted() {
    synchronized (this) {
      if (subscriber != null) {
        return;
      }
      cancelled = true;
    }
    session().close();
  }

  @Override
  public void subscribe(Subscriber<? super Object> wanted) {
    synchronized (this) {
      if (subscriber != null) {
        throw new IllegalStateException("a session has one subscriber");
      }
      subscriber = wanted;
    }
    wanted.onSubscribe(this);
    long requested;
    SessionEnd ended;
    synchronized (this) {
      subscribed = true;
      requested = early;
      ended = end;
    }
    if (ended != null) {
      finish(wanted, ended);
    } else if (requested > 0) {
      session().request(requested);
    }
  }

  @Override
  public void request(long chunks) {
    synchronized (this) {
      if (cancelled) {
        return;
      }
      if (chunks < 1) {
        fault = new IllegalArgumentException("at least one chunk can be requested");
      } else if (!subscribed) {
        // Nothing is to come before the subscriber has heard that it is one.
        early = early + chunks < 0 ? Long.MAX_VALUE : early + chunks;
        return;
      }
    }
    if (chunks < 1) {
      session().close();
    } else {
      session().request(chunks);
    }
  }

  @Override
  public void cancel() {
    synchronized (this) {
      cancelled = true;
    }
    session().close();
  }

  @Override
  public void events(List<StreamedEvent> chunk) {
    Subscriber<? super Object> client = client();
    if (client != null) {
      Chunk.Gap before = gap;
      gap = null;
      client.onNext(new Chunk(chunk, before));
    }
  }

  /** Told with the events that come next: clients of MMM do not know of chunks without any. */
  @Override
  public void gap(long first, long last) {
    LOG.warn(
        "Subscription {} has lost what was between events {} and {}: retention overtook it",
        subscriptionId,
        first,
        last);
    Chunk.Gap now = new Chunk.Gap(first, last);
    gap = gap == null ? now : gap.and(now);
  }

  @Override
  public void ended(SessionEnd why) {
    synchronized (this) {
      end = why;
      if (!subscribed) {
        return;
      }
    }
    Subscriber<? super Object> client = client();
    if (client != null) {
      finish(client, why);
    }
  }

  private void finish(Subscriber<? super Object> client, SessionEnd why) {
    RuntimeException failure = failure(why);
    if (failure == null) {
      client.onComplete();
    } else {
      client.onError(failure);
    }
  }

  private synchronized @Nullable RuntimeException failure(SessionEnd why) {
    return fault != null ? fault : Refusals.of(why);
  }

  private synchronized @Nullable Subscriber<? super Object> client() {
    return cancelled ? null : subscriber;
  }

  private synchronized Session session() {
    return requireNonNull(session, "a session comes before its subscriber");
  }
}
