package io.millrace.emitter.task;

import io.millrace.emitter.identity.IdentityConfigProvider;
import io.millrace.emitter.identity.ProviderSource;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;

/** Where identities come from that emitters name; the keys of one that is written out, too. */
public final class IdentityConfig extends AbstractConfig {

  static final String REF = IdentityKeys.PREFIX + "ref";
  static final String REFRESH = IdentityKeys.PREFIX + "refresh.ms";
  static final String PROVIDER_CLASS = IdentityKeys.PREFIX + "provider.class";
  static final String PROVIDER_PATH = IdentityKeys.PREFIX + "provider.path";
  static final String PROVIDER_PARAM = IdentityKeys.PREFIX + "provider.param.";

  private static final String GROUP = "Identity";

  private static final ConfigDef DEF = addTo(new ConfigDef());

  IdentityConfig(Map<String, String> props) {
    super(DEF, props, false);
  }

  /** For the settings of a type whose emitters authenticate. */
  public static ConfigDef addTo(ConfigDef def) {
    def.define(
            REF,
            ConfigDef.Type.STRING,
            null,
            Importance.MEDIUM,
            "Name of the identity that the emitter authenticates and signs with, in direct mode; in"
                + " shared mode a definition's identityRef says it. Instead of the keys from"
                + " identity.type on.",
            GROUP,
            1,
            Width.MEDIUM,
            "Identity")
        .define(
            PROVIDER_CLASS,
            ConfigDef.Type.STRING,
            IdentityConfigProvider.class.getName(),
            Importance.MEDIUM,
            "Kafka ConfigProvider that holds identities by name, one field a key. It must be in this"
                + " plug-in's folder or on the worker's class path. Keys that begin with"
                + " identity.provider.param. are its parameters; those of the default are file and"
                + " key.file, or the worker's environment has MILLRACE_IDENTITIES_FILE and"
                + " MILLRACE_IDENTITIES_KEY.",
            GROUP,
            2,
            Width.LONG,
            "Identity provider")
        .define(
            PROVIDER_PATH,
            ConfigDef.Type.STRING,
            ProviderSource.REF,
            Importance.LOW,
            "Path that the provider is asked for; {ref} stands for the identity's name. For Kafka's"
                + " FileConfigProvider, say, /run/secrets/{ref}.properties.",
            GROUP,
            3,
            Width.LONG,
            "Path of an identity")
        .define(
            REFRESH,
            ConfigDef.Type.LONG,
            5_000L,
            Range.atLeast(0),
            Importance.LOW,
            "How long, in milliseconds, what the provider said is taken for current, unless it says"
                + " otherwise.",
            GROUP,
            4,
            Width.SHORT,
            "Refresh");
    return IdentityKeys.addTo(def, GROUP);
  }

  /** The name of the identity, in direct mode. */
  Optional<String> ref() {
    return Optional.ofNullable(getString(REF));
  }

  Duration refresh() {
    return Duration.ofMillis(getLong(REFRESH));
  }

  ProviderSource source() {
    return new ProviderSource(
        getString(PROVIDER_CLASS), originalsWithPrefix(PROVIDER_PARAM), getString(PROVIDER_PATH));
  }
}
