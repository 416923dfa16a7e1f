package io.millrace.gateway.http.socket;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What comes from a client. The next frame is asked for when the message before it was taken and
 * the client takes what it is sent; that is how a client which only talks is held back.
 */
final class FrameReader implements FrameHandler {

  private static final Logger LOG = LoggerFactory.getLogger(FrameReader.class);
  private static final int UNSUPPORTED_DATA = 1003;
  private static final int BAD_DATA = 1007;
  private static final int TOO_LARGE = 1009;
  private static final int INTERNAL = 1011;
  private static final int POLICY_VIOLATION = 1008;
  private static final int TRY_AGAIN_LATER = 1013;

  /** Who has to do something before the next frame may come. */
  private enum Turn {
    /** The client: a frame is asked for. */
    CLIENT,
    /** The listener has a message. */
    LISTENER,
    /** The queue to the client must shrink. */
    QUEUE
  }

  private final SocketListener listener;
  private final OpenSockets home;
  private final Place place;
  private final MessageBuffer buffer;
  private final MessageRate rate;
  private final AtomicReference<Turn> turn = new AtomicReference<>(Turn.LISTENER);
  private CoreSession session;
  private ClientSocket socket;

  @SuppressWarnings("NullAway.Init") // Jetty opens it before all else.
  FrameReader(SocketListener listener, Place place, OpenSockets home) {
    this.listener = listener;
    this.place = place;
    this.home = home;
    this.rate = home.rate();
    this.buffer = new MessageBuffer(home.config().maxMessageBytes());
  }

  @Override
  public void onOpen(CoreSession coreSession, Callback callback) {
    session = coreSession;
    socket = home.socket(session, place, this::drained, this::readAll);
    home.add(socket);
    callback.succeeded();
    String taken = place.take();
    if (taken != null) { // By others, since the handshake was looked at.
      home.metrics().refused(taken);
      socket.close(TRY_AGAIN_LATER, "there are too many connections");
    }
    guarded(() -> listener.opened(socket));
    proceed(Turn.LISTENER);
  }

  @Override
  public void onFrame(Frame frame, Callback callback) {
    socket.heard();
    byte code = frame.getOpCode();
    if (code == OpCode.CLOSE) {
      callback.succeeded(); // Jetty answers it.
    } else if (socket.closing() != null) {
      buffer.clear();
      callback.succeeded();
      session.demand();
    } else if (counts(frame) && !rate.allowsOneMore()) {
      callback.succeeded();
      home.metrics().refused(Places.MESSAGES);
      end(POLICY_VIOLATION, "more than " + rate.perSecond() + " messages a second");
    } else if (code == OpCode.PING) {
      // Asks for more only when the pong is gone, so that pings cannot pile up.
      Frame pong = new Frame(OpCode.PONG, true, frame.getPayload());
      session.sendFrame(pong, Callback.from(session::demand, callback), false);
    } else if (code == OpCode.PONG) {
      callback.succeeded();
      socket.answered();
      guarded(listener::pong);
      session.demand();
    } else {
      data(frame, callback);
    }
  }

  // A frame that goes on with a message may be but a piece, as it came over the network.
  private static boolean counts(Frame frame) {
    return frame.getOpCode() != OpCode.CONTINUATION || !frame.hasPayload();
  }

  private void data(Frame frame, Callback callback) {
    if (buffer.tooLarge(frame)) {
      callback.succeeded();
      end(TOO_LARGE, "message is larger than " + home.config().maxMessageBytes() + " bytes");
      return;
    }
    ByteBuffer message = buffer.add(frame);
    if (message == null) {
      callback.succeeded();
      session.demand();
      return;
    }
    home.metrics().received();
    if (buffer.text()) {
      String text = MessageBuffer.decode(message);
      callback.succeeded();
      if (text == null) {
        end(BAD_DATA, "message is not UTF-8");
      } else {
        deliver(text);
      }
    } else {
      guarded(() -> binary(message));
      callback.succeeded();
      session.demand();
    }
  }

  private void deliver(String text) {
    turn.set(Turn.LISTENER);
    if (socket.closing() != null) {
      readAll();
    } else {
      guarded(() -> listener.message(text, once()));
    }
  }

  private void binary(ByteBuffer message) {
    if (!listener.binary(message)) {
      socket.close(UNSUPPORTED_DATA, "takes no binary messages");
    }
  }

  private Runnable once() {
    AtomicBoolean done = new AtomicBoolean();
    return () -> {
      if (!done.getAndSet(true)) {
        proceed(Turn.LISTENER);
      }
    };
  }

  /** The listener, or the queue, has done its part. */
  private void proceed(Turn from) {
    if (turn.compareAndSet(from, Turn.QUEUE) && (socket.ready() || socket.closing() != null)) {
      readOn();
    }
  }

  private void readOn() {
    if (turn.compareAndSet(Turn.QUEUE, Turn.CLIENT)) {
      session.demand();
    }
  }

  private void drained() {
    guarded(listener::drained);
    readOn();
  }

  /** Whatever is to come is thrown away, up to the client's answer to the close. */
  private void readAll() {
    if (turn.getAndSet(Turn.CLIENT) != Turn.CLIENT) {
      session.demand();
    }
  }

  /** Ends it while a frame is served, which nobody else asks to follow. */
  private void end(int code, String reason) {
    socket.close(code, reason);
    session.demand();
  }

  private void guarded(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.error("A WebSocket of {} is closed", home.dialect(), e);
      socket.close(INTERNAL, "failed in the gateway");
    }
  }

  @Override
  public void onError(Throwable cause, Callback callback) {
    LOG.debug("A WebSocket of {} has failed", home.dialect(), cause);
    callback.succeeded();
  }

  @Override
  public void onClosed(CloseStatus status, Callback callback) {
    callback.succeeded();
    if (socket == null) {
      return; // Gone before it was open.
    }
    Farewell farewell = socket.closing();
    home.remove(socket, farewell != null ? "gateway" : by(status));
    guarded(
        () ->
            listener.closed(
                farewell == null ? status.getCode() : farewell.code(),
                farewell == null ? reason(status) : farewell.reason()));
  }

  private static String by(CloseStatus status) {
    if (status.getCode() == CloseStatus.NO_CLOSE) {
      return "lost";
    }
    return status.getCause() == null ? "client" : "gateway"; // For a fault in the protocol.
  }

  private static String reason(CloseStatus status) {
    return status.getReason() == null ? "" : status.getReason();
  }
}
