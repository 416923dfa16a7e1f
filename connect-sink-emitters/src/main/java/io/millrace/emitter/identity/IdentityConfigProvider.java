package io.millrace.emitter.identity;

import io.millrace.model.identity.store.IdentityStore;
import io.millrace.model.identity.store.StoreKey;
import io.millrace.model.identity.store.StoredIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.config.types.Password;
import org.apache.kafka.connect.components.Versioned;
import org.jspecify.annotations.Nullable;

/**
 * Millrace's identities for Kafka Connect: {@code ${millrace:<identity>:<field>}} in a connector's
 * configuration. The path is the identity's id; the fields are those of its flat form.
 *
 * <p>Parameters: {@value #FILE}, or the environment's {@value #FILE_VARIABLE}; {@value #KEY_FILE},
 * or the environment's {@code MILLRACE_IDENTITIES_KEY}. The file is read again when it was changed.
 */
public final class IdentityConfigProvider implements ConfigProvider, Versioned {

  static final String FILE = "file";
  static final String KEY_FILE = "key.file";
  static final String FILE_VARIABLE = "MILLRACE_IDENTITIES_FILE";

  private final Map<String, String> environment;
  private @Nullable IdentityStore store;

  /** Called by Kafka. */
  public IdentityConfigProvider() {
    this(System.getenv());
  }

  IdentityConfigProvider(Map<String, String> environment) {
    this.environment = environment;
  }

  @Override
  public void configure(Map<String, ?> configs) {
    Object file = configs.get(FILE);
    String path = file == null ? environment.get(FILE_VARIABLE) : file.toString();
    if (path == null || path.isBlank()) {
      throw new ConfigException(
          "The file of identities is not named: set the parameter "
              + FILE
              + " or the environment's "
              + FILE_VARIABLE);
    }
    Object keyFile = configs.get(KEY_FILE);
    try {
      store =
          new IdentityStore(
              Path.of(path),
              StoreKey.find(environment, keyFile == null ? null : Path.of(keyFile.toString())));
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** All fields of an identity; none if it is not there. */
  @Override
  public ConfigData get(String path) {
    return new ConfigData(fields(path));
  }

  /**
   * Some fields of an identity.
   *
   * @throws ConfigException if the identity or one of the fields is not there: Kafka would take the
   *     reference itself for the value
   */
  @Override
  public ConfigData get(String path, Set<String> keys) {
    Map<String, String> fields = fields(path);
    if (fields.isEmpty()) {
      throw new ConfigException("There is no identity " + path);
    }
    for (String key : keys) {
      if (!fields.containsKey(key)) {
        throw new ConfigException(
            "The identity " + path + " has no " + key + "; it has " + fields.keySet());
      }
    }
    fields.keySet().retainAll(keys);
    return new ConfigData(fields);
  }

  @Override
  public void close() {}

  @Override
  public String version() {
    String version = IdentityConfigProvider.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  private Map<String, String> fields(String id) {
    if (store == null) {
      throw new IllegalStateException("not configured");
    }
    Map<String, String> fields = new HashMap<>();
    try {
      StoredIdentity stored = store.read().get(id);
      if (stored != null) {
        stored.identity().fields().forEach((name, value) -> fields.put(name, text(value)));
      }
    } catch (IOException e) {
      throw unusable(e);
    }
    return fields;
  }

  private static String text(Object value) {
    return value instanceof Password secret ? secret.value() : value.toString();
  }

  private static ConfigException unusable(IOException e) {
    return (ConfigException)
        new ConfigException("Identities cannot be read: " + e.getMessage()).initCause(e);
  }
}
