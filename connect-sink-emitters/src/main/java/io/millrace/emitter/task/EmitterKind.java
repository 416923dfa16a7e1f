package io.millrace.emitter.task;

import io.millrace.model.emitter.EmitterType;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigDef;

/**
 * What one type of emitter brings to the connector and task that all types share.
 *
 * @param parameterKeys configuration keys of what a definition calls {@code parameters}: dotted
 *     where a definition writes camel case
 * @param settings configuration keys of the task as a whole, in both modes
 * @param outlet creates what the task's emitters share, from the connector's configuration
 */
public record EmitterKind(
    EmitterType type,
    Supplier<ConfigDef> parameterKeys,
    ConfigDef settings,
    Function<Map<String, String>, Outlet> outlet) {

  /** Group of the keys that say what the emitter does. */
  public static final String PARAMETERS = "Emitter";

  /** Every key of the connector, apart from Connect's own. */
  public ConfigDef configDef() {
    ConfigDef all = new ConfigDef();
    parameterKeys.get().configKeys().values().forEach(all::define);
    InlineConfig.DEF.configKeys().values().forEach(all::define);
    ModeConfig.DEF.configKeys().values().forEach(all::define);
    DeliveryConfig.DEF.configKeys().values().forEach(all::define);
    FailureConfig.DEF.configKeys().values().forEach(all::define);
    settings.configKeys().values().forEach(all::define);
    return all;
  }
}
