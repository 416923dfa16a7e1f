package io.millrace.benchmarks.webhook;

import io.millrace.benchmarks.load.Jvm;
import java.lang.management.ManagementFactory;

/** What this process has used of the processor, apart from the thread that plays the endpoints. */
final class CpuTime {

  private final long endpointsThread;

  CpuTime(long endpointsThread) {
    this.endpointsThread = endpointsThread;
  }

  double seconds() {
    long endpoints = ManagementFactory.getThreadMXBean().getThreadCpuTime(endpointsThread);
    return (Jvm.cpuNanos() - endpoints) / 1e9;
  }
}
