package io.millrace.emitter.http;

import io.millrace.emitter.task.Choice;
import io.millrace.model.address.EndpointGuard;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.ValidList;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Which endpoints emitters may reach. */
public final class GuardConfig extends AbstractConfig {

  static final String EMITTERS = "guard.emitters";
  static final String SCHEMES = "guard.schemes";
  static final String PORTS = "guard.ports";
  static final String ALLOW = "guard.allow";
  static final String DENY = "guard.deny";

  private static final String GROUP = "Guard";
  private static final String OWNED = "owned";
  private static final String ALL = "all";
  private static final Choice WHOSE = new Choice(List.of(OWNED, ALL, "none"));

  private static final ConfigDef DEF = addTo(new ConfigDef());

  private final EndpointGuard guard;

  public GuardConfig(Map<String, String> props) {
    super(DEF, props, false);
    guard =
        EndpointGuard.of(
            new EndpointGuard.Settings(
                new LinkedHashSet<>(getList(SCHEMES)),
                getList(PORTS),
                getList(ALLOW),
                getList(DENY)));
  }

  public static ConfigDef addTo(ConfigDef def) {
    return def.define(
            EMITTERS,
            ConfigDef.Type.STRING,
            OWNED,
            WHOSE,
            Importance.MEDIUM,
            "Which emitters are kept from reaching anything but public addresses: owned ones, that"
                + " users have defined; all; or none.",
            GROUP,
            1,
            Width.SHORT,
            "Guarded emitters",
            WHOSE)
        .define(
            ALLOW,
            ConfigDef.Type.LIST,
            List.of(),
            checked(list -> new EndpointGuard.Settings(Set.of(), List.of(), list, List.of())),
            Importance.MEDIUM,
            "What guarded emitters may reach nevertheless: blocks of addresses (10.1.0.0/16), hosts"
                + " (hooks.example), and all hosts below one (.example).",
            GROUP,
            2,
            Width.LONG,
            "Allowed")
        .define(
            DENY,
            ConfigDef.Type.LIST,
            List.of(),
            checked(list -> new EndpointGuard.Settings(Set.of(), List.of(), List.of(), list)),
            Importance.LOW,
            "Blocks of addresses that guarded emitters must not reach beside those that are not"
                + " public, such as the prefix of a NAT64; wins over guard.allow.",
            GROUP,
            3,
            Width.LONG,
            "Denied")
        .define(
            PORTS,
            ConfigDef.Type.LIST,
            EndpointGuard.Settings.STRICT.ports(),
            checked(list -> new EndpointGuard.Settings(Set.of(), list, List.of(), List.of())),
            Importance.LOW,
            "Ports and ranges of ports that guarded emitters may reach.",
            GROUP,
            4,
            Width.MEDIUM,
            "Ports")
        .define(
            SCHEMES,
            ConfigDef.Type.LIST,
            List.of("https", "http"),
            ValidList.in("https", "http"),
            Importance.LOW,
            "Schemes of the URLs that guarded emitters may have.",
            GROUP,
            5,
            Width.SHORT,
            "Schemes");
  }

  /**
   * What holds for an emitter.
   *
   * @param owner the user who defined it; absent for a system emitter and in direct mode
   */
  public EndpointGuard of(@Nullable String owner) {
    String whose = getString(EMITTERS).toLowerCase(Locale.ROOT);
    return whose.equals(ALL) || (whose.equals(OWNED) && owner != null) ? guard : EndpointGuard.OPEN;
  }

  private static ConfigDef.Validator checked(Function<List<String>, EndpointGuard.Settings> part) {
    return ConfigDef.LambdaValidator.with(
        (key, value) -> {
          try {
            EndpointGuard.of(part.apply(((List<?>) value).stream().map(String::valueOf).toList()));
          } catch (IllegalArgumentException e) {
            throw (ConfigException) new ConfigException(key, value, e.getMessage()).initCause(e);
          }
        },
        () -> "");
  }
}
