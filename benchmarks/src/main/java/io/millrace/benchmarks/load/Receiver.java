package io.millrace.benchmarks.load;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.component.LifeCycle;
import org.jspecify.annotations.Nullable;

/** A webhook endpoint that takes everything and notes when; the event's id is its number. */
final class Receiver implements AutoCloseable {

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server, 1, 1);
  private volatile @Nullable Timeline timeline;

  Receiver(int port) throws Exception {
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    server.addConnector(connector);
    server.setHandler(
        new Handler.Abstract.NonBlocking() {
          @Override
          public boolean handle(Request request, Response response, Callback callback) {
            note(request.getHeaders().get("ce-id"));
            response.setStatus(HttpStatus.NO_CONTENT_204);
            Content.Source.consumeAll(request, callback);
            return true;
          }
        });
    server.start();
  }

  /** From now on events belong to this run. */
  void record(Timeline run) {
    timeline = run;
  }

  private void note(@Nullable String id) {
    Timeline run = timeline;
    if (run != null && id != null) {
      run.received(Integer.parseInt(id), System.nanoTime());
    }
  }

  @Override
  public void close() {
    LifeCycle.stop(server);
  }
}
