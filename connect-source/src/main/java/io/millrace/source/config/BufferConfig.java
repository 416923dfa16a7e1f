package io.millrace.source.config;

import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Range;

/** How much a source holds between the vendor and Kafka; beyond that it pushes back. */
public final class BufferConfig extends AbstractConfig {

  public static final String EVENTS = "buffer.max.events";
  public static final String BYTES = "buffer.max.bytes";

  public static final ConfigDef DEF =
      new KeyGroup("Buffer")
          .optional(
              EVENTS,
              ConfigDef.Type.INT,
              5_000,
              Range.atLeast(1),
              "Events held until Connect takes them; no more is read while there are so many.")
          .optional(
              BYTES,
              ConfigDef.Type.LONG,
              33_554_432L,
              Range.atLeast(1),
              "Bytes of events held until Connect takes them; no more is read while there are so"
                  + " many.")
          .def();

  public BufferConfig(Map<String, String> props) {
    super(DEF, props, false);
  }

  public int events() {
    return getInt(EVENTS);
  }

  public long bytes() {
    return getLong(BYTES);
  }
}
