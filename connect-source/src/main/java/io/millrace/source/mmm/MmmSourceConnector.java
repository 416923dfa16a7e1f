package io.millrace.source.mmm;

import io.millrace.source.task.EventSourceConnector;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.connector.Task;

/** Follows a durable subscription of MMM. Source: MMM Events API. */
public final class MmmSourceConnector extends EventSourceConnector {

  private final MmmKind kind;

  /** Made by Connect. */
  public MmmSourceConnector() {
    this(new MmmKind());
  }

  private MmmSourceConnector(MmmKind kind) {
    super(kind);
    this.kind = kind;
  }

  @Override
  public Class<? extends Task> taskClass() {
    return MmmSourceTask.class;
  }

  /**
   * Connect does not tell a connector that it is deleted: {@code stop()} looks the same in a
   * restart. That its offsets are reset, which can only be done to a stopped connector, it does
   * tell, and whoever does that wants nothing of this subscription any more.
   */
  @Override
  public boolean alterOffsets(
      Map<String, String> connectorProps, Map<Map<String, ?>, Map<String, ?>> offsets) {
    boolean altered = super.alterOffsets(connectorProps, offsets);
    if (offsets.values().stream().allMatch(Objects::isNull)) {
      kind.unsubscribe(connectorProps);
    }
    return altered;
  }
}
