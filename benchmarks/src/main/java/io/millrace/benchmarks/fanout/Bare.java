package io.millrace.benchmarks.fanout;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CloseStatus;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.eclipse.jetty.websocket.core.server.WebSocketUpgradeHandler;

/** Jetty's core WebSockets and nothing else: each event goes to a list of sessions. */
final class Bare implements Contender {

  private static final int SENDERS = 2;

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final List<List<CoreSession>> shares =
      List.of(new CopyOnWriteArrayList<>(), new CopyOnWriteArrayList<>());
  private final List<ExecutorService> senders = new ArrayList<>();
  private int opened;
  private long number;

  Bare() throws Exception {
    connector.setPort(0);
    connector.setHost("127.0.0.1");
    connector.setAcceptQueueSize(1024);
    server.addConnector(connector);
    WebSocketUpgradeHandler upgrade = new WebSocketUpgradeHandler();
    upgrade.addMapping("/wants", negotiator(true));
    upgrade.addMapping("/idle", negotiator(false));
    upgrade.getConfiguration().setIdleTimeout(Duration.ZERO);
    server.setHandler(upgrade);
    server.start();
    for (int i = 0; i < SENDERS; i++) {
      senders.add(Executors.newSingleThreadExecutor());
    }
  }

  private WebSocketNegotiator negotiator(boolean wants) {
    return new WebSocketNegotiator() {
      @Override
      public FrameHandler negotiate(
          ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
        return new Handler(wants);
      }
    };
  }

  @Override
  public String name() {
    return "bare Jetty";
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public String path(boolean wants) {
    return wants ? "/wants" : "/idle";
  }

  @Override
  public String authorization() {
    return "";
  }

  @Override
  public void publish(int count) {
    for (int i = 0; i < count; i++) {
      ByteBuffer message = ByteBuffer.wrap(Event.json(number++)).asReadOnlyBuffer();
      for (int sender = 0; sender < SENDERS; sender++) {
        List<CoreSession> share = shares.get(sender);
        senders
            .get(sender)
            .execute(
                () -> {
                  for (CoreSession session : share) {
                    Frame frame = new Frame(OpCode.TEXT, true, message.duplicate());
                    session.sendFrame(frame, Callback.NOOP, false);
                  }
                });
      }
    }
  }

  private synchronized void add(CoreSession session) {
    shares.get(opened++ % SENDERS).add(session);
  }

  @Override
  public void close() {
    senders.forEach(ExecutorService::shutdownNow);
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the server did not stop", e);
    }
  }

  private final class Handler implements FrameHandler {

    private final boolean wants;
    private CoreSession session;

    @SuppressWarnings("NullAway.Init") // Jetty opens it first.
    Handler(boolean wants) {
      this.wants = wants;
    }

    @Override
    public void onOpen(CoreSession opening, Callback callback) {
      session = opening;
      callback.succeeded();
      if (wants) {
        add(session);
      }
      session.demand();
    }

    @Override
    public void onFrame(Frame frame, Callback callback) {
      callback.succeeded();
      if (frame.getOpCode() != OpCode.CLOSE) {
        session.demand();
      }
    }

    @Override
    public void onError(Throwable cause, Callback callback) {
      callback.succeeded();
    }

    @Override
    public void onClosed(CloseStatus status, Callback callback) {
      callback.succeeded();
      shares.forEach(share -> share.remove(session));
    }
  }
}
