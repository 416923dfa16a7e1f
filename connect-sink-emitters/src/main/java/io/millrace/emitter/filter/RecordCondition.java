package io.millrace.emitter.filter;

import org.apache.kafka.connect.connector.ConnectRecord;

/** What is asked of each record; for the one thread of a task. */
@FunctionalInterface
interface RecordCondition {

  /** Of one that is not configured: nothing satisfies it. */
  RecordCondition NEVER = record -> false;

  boolean holds(ConnectRecord<?> record);
}
