package io.millrace.source.record;

/** What a key, a value or a header is when Connect's converter gets it. */
public enum Form {
  /** By the converter that the connector's configuration names. */
  AUTO,
  /** Bytes, which ByteArrayConverter writes as they are. */
  BYTES,
  /** A text, which StringConverter and SimpleHeaderConverter write as it is. */
  TEXT,
  /** Maps and lists without a schema, which JsonConverter without schemas writes as JSON. */
  JSON
}
