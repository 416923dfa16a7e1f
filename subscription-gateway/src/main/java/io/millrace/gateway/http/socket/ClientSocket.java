package io.millrace.gateway.http.socket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.jspecify.annotations.Nullable;

/** What goes to a client: counts what it has not taken, and sees it off. */
final class ClientSocket implements Socket {

  // What a waiting frame costs beside its bytes, so that many tiny ones are bounded too.
  private static final int FRAME_COST = 64;
  private static final int POLICY_VIOLATION = 1008;
  private static final int TRY_AGAIN_LATER = 1013;

  private final CoreSession session;
  private final Place place;
  private final SocketConfig config;
  private final @Nullable Pings pings;
  private final SocketMetrics metrics;
  private final LongSupplier nanos;
  private final Executor executor;
  private final Runnable drained;
  private final Runnable readOn;
  private final AtomicLong queued = new AtomicLong();
  // What was sent while full.
  private final AtomicLong overrun = new AtomicLong();
  private final AtomicBoolean full = new AtomicBoolean();
  private final AtomicReference<@Nullable Farewell> farewell = new AtomicReference<>();
  private volatile long heard;
  private volatile long pinged;
  private final AtomicInteger unanswered = new AtomicInteger();

  /**
   * Sends nothing yet.
   *
   * @param pings those that its dialect promises, if any
   * @param nanos a clock that only goes forward
   * @param drained called by the executor when the socket is ready again
   * @param readOn called when the end has begun: what comes is read, and thrown away
   */
  ClientSocket(
      CoreSession session,
      Place place,
      SocketConfig config,
      @Nullable Pings pings,
      SocketMetrics metrics,
      LongSupplier nanos,
      Executor executor,
      Runnable drained,
      Runnable readOn) {
    this.session = session;
    this.place = place;
    this.config = config;
    this.pings = pings;
    this.metrics = metrics;
    this.nanos = nanos;
    this.executor = executor;
    this.drained = drained;
    this.readOn = readOn;
    this.heard = nanos.getAsLong();
    this.pinged = heard;
  }

  @Override
  public boolean send(String text) {
    return send(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public boolean send(ByteBuffer utf8, boolean more) {
    if (closing() != null) {
      return false;
    }
    long cost = (long) utf8.remaining() + FRAME_COST;
    if (full.get() && overrun.addAndGet(cost) > config.maxQueuedBytes()) {
      close(POLICY_VIOLATION, "does not take what it is sent");
      return false;
    }
    if (queued.addAndGet(cost) > config.maxQueuedBytes()) {
      full.set(true);
    }
    metrics.sent();
    session.sendFrame(new Frame(OpCode.TEXT, true, utf8.duplicate()), new Sent(cost), more);
    return ready();
  }

  @Override
  public void flush() {
    session.flush(Callback.NOOP);
  }

  @Override
  public boolean ready() {
    return !full.get() && closing() == null;
  }

  /** What becomes of a frame; of a class of its own, since there is one for each. */
  private final class Sent implements Callback {

    private final long cost;

    Sent(long cost) {
      this.cost = cost;
    }

    @Override
    public void succeeded() {
      // While much waits no pongs are read; that something was taken is a sign of life, too.
      heard();
      taken(cost);
    }

    @Override
    public void failed(Throwable failure) {
      taken(cost);
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }

  private void taken(long cost) {
    queued.addAndGet(-cost);
    relieve();
  }

  private void relieve() {
    if (full.get()
        && queued.get() <= config.maxQueuedBytes() / 2
        && full.compareAndSet(true, false)) {
      overrun.set(0);
      try {
        executor.execute(drained);
      } catch (RejectedExecutionException e) {
        session.abort(); // The gateway has stopped; nobody would be told again.
      }
    }
  }

  @Override
  public boolean belongsTo(String user) {
    if (!place.claim(user)) {
      metrics.refused(Places.USER);
      close(TRY_AGAIN_LATER, "user has too many connections");
      return false;
    }
    return true;
  }

  Place place() {
    return place;
  }

  @Override
  public void ping() {
    if (closing() == null) {
      session.sendFrame(new Frame(OpCode.PING), Callback.NOOP, false);
    }
  }

  @Override
  public void close(int code, String reason) {
    Farewell last = new Farewell(code, reason, nanos.getAsLong());
    if (farewell.compareAndSet(null, last)) {
      session.sendFrame(last, Callback.NOOP, false);
      readOn.run();
    }
  }

  /** What the gateway has closed it with; null while it has not. */
  @Nullable Farewell closing() {
    return farewell.get();
  }

  /** A sign of life has come. */
  void heard() {
    heard = nanos.getAsLong();
  }

  /** A pong has come. */
  void answered() {
    unanswered.set(0);
  }

  /** Called now and then: pings who is quiet, gives up who does not answer. */
  void look() {
    long now = nanos.getAsLong();
    Farewell last = closing();
    if (last != null) {
      if (now - last.since() >= config.closeTimeout().toNanos()) {
        session.abort();
      }
    } else if (pings != null && ready()) {
      // Of a client that is not ready nothing is read, so its pongs are not seen either.
      count(pings, now);
    } else if (now - heard >= config.idleTimeout().toNanos()) {
      close(POLICY_VIOLATION, "has given no sign for " + millis(config.idleTimeout()));
    } else if (now - heard >= config.pingInterval().toNanos()
        && now - pinged >= config.pingInterval().toNanos()) {
      pinged = now;
      ping();
    }
  }

  private void count(Pings promised, long now) {
    if (now - pinged < promised.interval().toNanos()) {
      return;
    }
    if (unanswered.get() >= promised.unanswered()) {
      close(POLICY_VIOLATION, "has not answered " + unanswered + " pings");
      return;
    }
    pinged = now;
    unanswered.incrementAndGet();
    ping();
  }

  private static String millis(Duration duration) {
    return duration.toMillis() + " ms";
  }

  /** Cuts the connection. */
  void abort() {
    session.abort();
  }
}
