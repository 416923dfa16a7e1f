package io.millrace.benchmarks.webhook;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** What this process has used of the processor, apart from the thread that plays the endpoints. */
final class CpuTime {

  private final long endpointsThread;

  CpuTime(long endpointsThread) {
    this.endpointsThread = endpointsThread;
  }

  double seconds() {
    long process =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    long endpoints = ManagementFactory.getThreadMXBean().getThreadCpuTime(endpointsThread);
    return (process - endpoints) / 1e9;
  }
}
