package io.millrace.model.emitter;

/** How a CloudEvent is laid out on the wire. Source: CloudEvents protocol bindings. */
public enum PayloadMode {
  /** Attributes as headers, data as body. */
  BINARY,
  /** Attributes and data in one JSON document. */
  STRUCTURED
}
