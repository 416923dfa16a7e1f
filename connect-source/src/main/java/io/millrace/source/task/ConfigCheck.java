package io.millrace.source.task;

import io.millrace.source.config.BufferConfig;
import io.millrace.source.config.ConnectionConfig;
import io.millrace.source.config.IdentityConfig;
import io.millrace.source.config.References;
import io.millrace.source.config.RetryConfig;
import io.millrace.source.record.RecordConfig;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigValue;

/**
 * What can be wrong with a connector's configuration beyond single values: all of it is found at
 * once, and each problem is told at its key. The vendor is called last, if nothing else is wrong.
 */
final class ConfigCheck {

  private final SourceKind kind;
  private final Map<String, String> props;
  private final Map<String, ConfigValue> values = new HashMap<>();
  private final Set<String> broken = new HashSet<>();
  private boolean wrong;

  /**
   * Over a configuration whose values were checked one by one.
   *
   * @param config takes the problems
   */
  ConfigCheck(SourceKind kind, Map<String, String> props, Config config) {
    this.kind = kind;
    this.props = props;
    for (ConfigValue value : config.configValues()) {
      values.put(value.name(), value);
      if (!value.errorMessages().isEmpty()) {
        broken.add(value.name());
        wrong = true;
      }
    }
  }

  /** Every key of the connector, apart from Connect's own. */
  static ConfigDef all(SourceKind kind) {
    ConfigDef all = new ConfigDef();
    for (ConfigDef part :
        List.of(
            kind.keys(),
            RecordConfig.DEF,
            ConnectionConfig.DEF,
            RetryConfig.DEF,
            BufferConfig.DEF)) {
      part.configKeys().values().forEach(all::define);
    }
    return all;
  }

  void run() {
    References.check(props, this::tellUnresolved);
    Map<String, String> usable = new HashMap<>(props);
    usable.keySet().removeAll(broken);
    RecordConfig.check(usable, this::tell);
    ConnectionConfig.check(usable, this::tell);
    RetryConfig.check(usable, this::tell);
    IdentityConfig.check(usable, this::tell);
    if (kind.keys().names().stream().noneMatch(broken::contains)) {
      kind.check(usable, this::tell);
    }
    if (!wrong) {
      Probe.run(kind, props, this::tell);
    }
  }

  // Connect's own keys are Connect's; what else is wrong with such a value comes of that.
  private void tellUnresolved(String key, String reason) {
    if (values.containsKey(key) || key.startsWith(IdentityConfig.PREFIX)) {
      broken.remove(key);
      tell(key, reason);
      broken.add(key);
    }
  }

  private void tell(String key, String reason) {
    ConfigValue value = values.get(values.containsKey(key) ? key : kind.addressKey());
    if (value != null && !broken.contains(value.name())) {
      value.addErrorMessage(key + " " + reason);
      wrong = true;
    }
  }
}
