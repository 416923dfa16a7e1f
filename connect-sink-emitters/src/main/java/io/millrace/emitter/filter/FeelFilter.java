package io.millrace.emitter.filter;

import io.millrace.emitter.task.PluginVersion;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the records of which a FEEL expression is true and drops the others, also those for which
 * it cannot be evaluated. {@link RecordVariables} has the names that it can use.
 */
public final class FeelFilter<R extends ConnectRecord<R>> implements Transformation<R> {

  private RecordCondition condition = RecordCondition.NEVER;

  @Override
  public void configure(Map<String, ?> configs) {
    condition = new ExpressionConfig(configs).condition();
  }

  @Override
  public @Nullable R apply(R record) {
    return condition.holds(record) ? record : null;
  }

  @Override
  public ConfigDef config() {
    return ExpressionConfig.DEF;
  }

  @Override
  public String version() {
    return PluginVersion.get();
  }

  @Override
  public void close() {
    condition = RecordCondition.NEVER;
  }
}
