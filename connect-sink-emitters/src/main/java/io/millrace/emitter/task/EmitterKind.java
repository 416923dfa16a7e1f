package io.millrace.emitter.task;

import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.Problem;
import java.util.List;
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
 * @param ordered whether a lane hands out its events in the order of their offsets, whatever their
 *     keys
 * @param directCheck finds what is wrong with a configuration of direct mode beyond single values;
 *     the problems name configuration keys
 */
public record EmitterKind(
    EmitterType type,
    Supplier<ConfigDef> parameterKeys,
    ConfigDef settings,
    Function<Map<String, String>, Outlet> outlet,
    boolean ordered,
    Function<Map<String, String>, List<Problem>> directCheck) {

  /** Group of the keys that say what the emitter does. */
  public static final String PARAMETERS = "Emitter";

  /** Of a type that keeps order per key. */
  public EmitterKind(
      EmitterType type,
      Supplier<ConfigDef> parameterKeys,
      ConfigDef settings,
      Function<Map<String, String>, Outlet> outlet) {
    this(type, parameterKeys, settings, outlet, false, props -> List.of());
  }

  /** Every key of the connector, apart from Connect's own. */
  public ConfigDef configDef() {
    ConfigDef all = new ConfigDef();
    parameterKeys.get().configKeys().values().forEach(all::define);
    InlineConfig.DEF.configKeys().values().forEach(all::define);
    ModeConfig.DEF.configKeys().values().forEach(all::define);
    DeliveryConfig.DEF.configKeys().values().forEach(all::define);
    settings.configKeys().values().forEach(all::define);
    return all;
  }
}
