package io.millrace.emitter.task;

import io.millrace.model.emitter.EmitterParameters;
import io.millrace.model.emitter.EmitterType;
import io.millrace.model.emitter.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param check what can be wrong beyond what the parameters themselves say
 * @param ordered whether a lane hands out its events in the order of their offsets, whatever their
 *     keys
 */
public record EmitterKind(
    EmitterType type,
    Supplier<ConfigDef> parameterKeys,
    ConfigDef settings,
    Function<Map<String, String>, Outlet> outlet,
    Check check,
    boolean ordered) {

  /** Group of the keys that say what the emitter does. */
  public static final String PARAMETERS = "Emitter";

  /** Looks at a connector's configuration before it is accepted. */
  @FunctionalInterface
  public interface Check {

    /**
     * What is wrong, at keys of the configuration or at parameters; Connect waits for the answer.
     *
     * @param parameters of the one emitter; empty in shared mode, and where they are wrong
     */
    List<Problem> problems(Map<String, String> props, Optional<EmitterParameters> parameters);
  }

  /** Of a type that keeps order per key. */
  public EmitterKind(
      EmitterType type,
      Supplier<ConfigDef> parameterKeys,
      ConfigDef settings,
      Function<Map<String, String>, Outlet> outlet,
      Check check) {
    this(type, parameterKeys, settings, outlet, check, false);
  }

  /** Without a check of its own. */
  public EmitterKind(
      EmitterType type,
      Supplier<ConfigDef> parameterKeys,
      ConfigDef settings,
      Function<Map<String, String>, Outlet> outlet) {
    this(type, parameterKeys, settings, outlet, (props, parameters) -> List.of());
  }

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
