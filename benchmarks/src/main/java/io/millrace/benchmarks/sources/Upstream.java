package io.millrace.benchmarks.sources;

import java.util.Map;

/** A vendor that has events at once, as many as are asked for. */
interface Upstream extends AutoCloseable {

  /** What a connector needs to read them, beside the stream and the converters. */
  Map<String, String> config();

  @Override
  void close();
}
