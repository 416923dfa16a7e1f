package io.millrace.benchmarks.router;

/**
 * How fast records were copied.
 *
 * @param perCpuSecond of the whole process, the broker too, since the machine may be shared
 */
record Rate(double perSecond, double perCpuSecond) {}
