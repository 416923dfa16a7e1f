package io.millrace.benchmarks.matching;

/** Something that finds who wants an event. */
interface Contender {

  void add(int index, Workload workload, int filters) throws Exception;

  /** How many filters want the event. */
  int match(Sample sample) throws Exception;
}
