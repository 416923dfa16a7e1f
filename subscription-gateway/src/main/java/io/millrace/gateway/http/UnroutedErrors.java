package io.millrace.gateway.http;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Tells what Jetty itself refuses, such as a path that is no path, in the gateway's shape. */
final class UnroutedErrors extends ErrorHandler {

  private final ErrorShape shape;

  UnroutedErrors(ErrorShape shape) {
    this.shape = shape;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    int status = response.getStatus();
    Trouble trouble =
        status >= 500
            ? status == HttpStatus.SERVICE_UNAVAILABLE_503 ? Trouble.UNAVAILABLE : Trouble.INTERNAL
            : Trouble.MALFORMED;
    String reason = HttpStatus.getMessage(status);
    Reply reply = shape.shape(HttpProblem.of(trouble, "request", "was refused: " + reason));
    response.setStatus(status);
    reply.headers().forEach((name, value) -> response.getHeaders().put(name, value));
    response.write(true, reply.body(), callback);
    return true;
  }
}
