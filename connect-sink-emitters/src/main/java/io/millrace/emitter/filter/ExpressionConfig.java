package io.millrace.emitter.filter;

import io.millrace.emitter.task.PluginFormats;
import io.millrace.filter.feel.FeelExpression;
import io.millrace.filter.feel.InvalidExpressionException;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigException;

/** The one key of both: an expression, checked where it is given. */
final class ExpressionConfig extends AbstractConfig {

  static final String EXPRESSION = "expression";

  static final ConfigDef DEF =
      new ConfigDef()
          .define(
              EXPRESSION,
              ConfigDef.Type.STRING,
              ConfigDef.NO_DEFAULT_VALUE,
              ConfigDef.LambdaValidator.with(
                  (name, value) -> compile(value), () -> "a FEEL expression"),
              Importance.HIGH,
              "FEEL expression that must be true of a record, such as amount > 100 or"
                  + " event.type = \"order.created\". It can name the fields of the record's data,"
                  + " data, event and record. What cannot be evaluated is not true.");

  ExpressionConfig(Map<String, ?> props) {
    super(DEF, props, false);
  }

  RecordCondition condition() {
    PluginFormats.load();
    return new FeelCondition(compile(getString(EXPRESSION)));
  }

  private static FeelExpression compile(Object text) {
    try {
      return FeelExpression.compile(String.valueOf(text));
    } catch (InvalidExpressionException e) {
      throw new ConfigException(
          EXPRESSION, text, "line %d, column %d: %s".formatted(e.line(), e.column(), e.reason()));
    }
  }
}
