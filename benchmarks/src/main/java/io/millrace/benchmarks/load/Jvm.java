package io.millrace.benchmarks.load;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this process takes of the machine. */
public final class Jvm {

  private Jvm() {}

  /** Nanoseconds of processor time since the start. */
  public static long cpuNanos() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** Bytes of heap in use, garbage included. */
  public static long usedHeap() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /**
   * The fewest bytes that were in use after a collection: what was used on the way is let go of
   * only after a while.
   */
  public static long leastHeap(int collections, long pauseMillis) throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < collections; i++) {
      System.gc();
      Thread.sleep(pauseMillis);
      least = Math.min(least, usedHeap());
    }
    return least;
  }

  /** The bytes in use after the last of some collections. */
  public static long heapAfter(int collections, long pauseMillis) throws InterruptedException {
    for (int i = 0; i < collections; i++) {
      System.gc();
      Thread.sleep(pauseMillis);
    }
    return usedHeap();
  }
}
