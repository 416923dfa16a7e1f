package io.millrace.source.task;

import io.millrace.source.config.Problems;
import java.io.IOException;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/** What one vendor brings to the connector and task that all sources share. */
public interface SourceKind {

  /** The keys that are the vendor's own, with those of its identity. */
  ConfigDef keys();

  /** The key of the vendor's address, where it is told that nobody answers. */
  String addressKey();

  /**
   * What offsets are remembered under: the log that is read, such as base URL and subscription id.
   */
  Map<String, String> partition(Map<String, String> props);

  /** What is wrong beyond single values, which are all right when this is called. */
  void check(Map<String, String> props, Problems problems);

  /**
   * Calls the vendor and tells what would keep the source from working, at the key to blame.
   *
   * @throws IOException if the vendor does not answer as it should
   * @throws org.apache.kafka.connect.errors.ConnectException if that needs a person
   */
  void probe(Map<String, String> props, Problems problems) throws IOException, InterruptedException;

  /** Makes the reader; connects to nothing yet. */
  Reader open(TaskSetup setup);

  /**
   * Checks an offset that a person gives by Connect's REST API.
   *
   * @throws org.apache.kafka.connect.errors.ConnectException if it is none
   */
  void checkOffset(Map<String, ?> offset);

  /** Whether an event is never in the log twice, if the worker supports that. */
  boolean exactlyOnce();
}
