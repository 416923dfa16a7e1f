package io.millrace.source.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.jspecify.annotations.Nullable;

/** Defines the keys of one group one after the other. Not safe for use by several threads. */
public final class KeyGroup {

  private final ConfigDef def = new ConfigDef();
  private final String group;

  public KeyGroup(String group) {
    this.group = group;
  }

  /** A key that has to be given. */
  public KeyGroup required(
      String key, ConfigDef.Type type, ConfigDef.@Nullable Validator validator, String doc) {
    return add(key, type, ConfigDef.NO_DEFAULT_VALUE, validator, Importance.HIGH, doc);
  }

  /**
   * A key that may be given.
   *
   * @param validator recommends its values too, if it is a {@link Choice}
   * @param doc a sentence, or some
   */
  public KeyGroup optional(
      String key,
      ConfigDef.Type type,
      @Nullable Object fallback,
      ConfigDef.@Nullable Validator validator,
      String doc) {
    return add(key, type, fallback, validator, Importance.MEDIUM, doc);
  }

  /** All keys of the group, without those of others. */
  public ConfigDef def() {
    return new ConfigDef(def);
  }

  private KeyGroup add(
      String key,
      ConfigDef.Type type,
      @Nullable Object fallback,
      ConfigDef.@Nullable Validator validator,
      Importance importance,
      String doc) {
    def.define(
        key,
        type,
        fallback,
        validator,
        importance,
        doc,
        group,
        def.names().size() + 1,
        type == ConfigDef.Type.STRING ? Width.LONG : Width.MEDIUM,
        group + ": " + key.replace('.', ' '),
        validator instanceof ConfigDef.Recommender recommender ? recommender : null);
    return this;
  }
}
