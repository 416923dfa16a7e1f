package io.millrace.emitter.filter;

import io.millrace.emitter.task.PluginVersion;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.predicates.Predicate;

/**
 * Decides by a FEEL expression whether a transformation is applied to a record; Connect's {@code
 * negate} turns it round. False also for a record for which the expression cannot be evaluated: to
 * drop records fail closed, take {@link FeelFilter}, or Connect's {@code Filter} with {@code
 * negate} and the expression of what is kept. {@link RecordVariables} has the names that it can
 * use.
 */
public final class FeelPredicate<R extends ConnectRecord<R>> implements Predicate<R> {

  private RecordCondition condition = RecordCondition.NEVER;

  @Override
  public void configure(Map<String, ?> configs) {
    condition = new ExpressionConfig(configs).condition();
  }

  @Override
  public boolean test(R record) {
    return condition.holds(record);
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
