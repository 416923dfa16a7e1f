package io.millrace.gateway;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaFuture;

/** Asks the broker every few seconds whether it is there, so that health answers at once. */
final class BrokerWatch implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 4_000;

  private final Admin admin;
  private final ScheduledExecutorService scheduler;
  private volatile boolean there = true;

  private BrokerWatch(Admin admin, ScheduledExecutorService scheduler) {
    this.admin = admin;
    this.scheduler = scheduler;
  }

  static BrokerWatch start(Admin admin, Duration every) {
    BrokerWatch watch =
        new BrokerWatch(
            admin,
            Executors.newSingleThreadScheduledExecutor(
                work -> {
                  Thread thread = new Thread(work, "millrace-broker-watch");
                  thread.setDaemon(true);
                  return thread;
                }));
    ScheduledFuture<?> unused =
        watch.scheduler.scheduleWithFixedDelay(
            watch::ask, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    return watch;
  }

  /** Whether the broker answered when it was last asked. */
  boolean there() {
    return there;
  }

  private void ask() {
    KafkaFuture<String> unused =
        admin
            .describeCluster(new DescribeClusterOptions().timeoutMs(TIMEOUT_MILLIS))
            .clusterId()
            .whenComplete((id, failure) -> there = failure == null);
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
  }
}
