package io.millrace.source.task;

import io.millrace.model.emitter.Problem;
import io.millrace.source.config.ConnectionConfig;
import io.millrace.source.config.IdentityConfig;
import io.millrace.source.config.Problems;
import io.millrace.source.http.CredentialsRefusedException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.KafkaException;

/** Calls a vendor before its configuration is accepted, for a limited time. */
final class Probe {

  private Probe() {}

  static void run(SourceKind kind, Map<String, String> props, Problems problems) {
    Duration timeout = new ConnectionConfig(props).checkTimeout();
    if (timeout == null) {
      return;
    }
    List<Problem> found = new ArrayList<>();
    Thread thread = new Thread(() -> call(kind, props, found), "millrace-source-check");
    thread.setDaemon(true);
    thread.setContextClassLoader(Probe.class.getClassLoader());
    thread.start();
    try {
      thread.join(timeout.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      thread.interrupt();
      problems.add(
          kind.addressKey(), "does not answer within " + timeout.toMillis() + " ms" + optOut());
      return;
    }
    synchronized (found) {
      found.forEach(each -> problems.add(each.field(), each.reason()));
    }
  }

  private static void call(SourceKind kind, Map<String, String> props, List<Problem> found) {
    Problems collect =
        (key, reason) -> {
          synchronized (found) {
            found.add(new Problem(key, reason));
          }
        };
    try {
      kind.probe(props, collect);
    } catch (IOException e) {
      collect.add(kind.addressKey(), "cannot be used now: " + e.getMessage() + optOut());
    } catch (CredentialsRefusedException e) {
      collect.add(IdentityConfig.TYPE, "does not let the source in: " + e.getMessage());
    } catch (KafkaException e) {
      collect.add(kind.addressKey(), "cannot be used: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String optOut() {
    return "; with " + ConnectionConfig.CHECK + " false it is not called before the start";
  }
}
