package io.millrace.source.http;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;

/** What keeps a connection from being made; Java's client tells most of it by a class alone. */
public final class ConnectFailure {

  private ConnectFailure() {}

  /** The failure in a few words, such as {@code unknown host}; else its class and what it says. */
  public static String inWords(Throwable failure) {
    boolean refused = false;
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof UnresolvedAddressException || each instanceof UnknownHostException) {
        return "unknown host";
      }
      if (each instanceof HttpTimeoutException
          || each instanceof SocketTimeoutException
          || String.valueOf(each.getMessage()).contains("timed out")) {
        return "timed out";
      }
      if (each instanceof NoRouteToHostException
          || String.valueOf(each.getMessage()).contains("unreachable")) {
        return "no route to the host";
      }
      refused |= each instanceof ConnectException;
    }
    if (refused) {
      return "connection refused";
    }
    String message = failure.getMessage();
    String what = failure.getClass().getSimpleName();
    return message == null ? what : what + ": " + message;
  }
}
