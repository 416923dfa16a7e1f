package io.millrace.gateway.graphql.socket;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Time passes when a test says so; nothing runs by itself. */
final class ManualTimers extends ScheduledThreadPoolExecutor {

  private record Timer(Runnable work, boolean again, ScheduledFuture<?> handle) {}

  private final List<Timer> timers = new ArrayList<>();

  ManualTimers() {
    super(1);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable work, long delay, TimeUnit unit) {
    return add(work, false);
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable work, long initial, long delay, TimeUnit unit) {
    return add(work, true);
  }

  private ScheduledFuture<?> add(Runnable work, boolean again) {
    ScheduledFuture<?> handle = super.schedule(() -> {}, 1, TimeUnit.DAYS);
    timers.add(new Timer(work, again, handle));
    return handle;
  }

  /** Whatever waits for a time is due. */
  void pass() {
    for (Timer timer : List.copyOf(timers)) {
      if (!timer.handle().isCancelled()) {
        timer.work().run();
      }
      if (!timer.again()) {
        timers.remove(timer);
      }
    }
  }

  /** How many still wait. */
  long waiting() {
    return timers.stream().filter(timer -> !timer.handle().isCancelled()).count();
  }
}
