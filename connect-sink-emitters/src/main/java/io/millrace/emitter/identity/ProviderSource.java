package io.millrace.emitter.identity;

import java.io.IOException;
import java.util.Map;
import org.apache.kafka.common.config.ConfigData;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.provider.ConfigProvider;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;

/** One of Kafka's ConfigProviders, made when it is asked for the first time. */
public final class ProviderSource implements ProvidedIdentities.Source, AutoCloseable {

  /** Stands for the identity's name in a path. */
  public static final String REF = "{ref}";

  private final String providerClass;
  private final Map<String, ?> parameters;
  private final String path;
  private final ClassLoader plugins = ProviderSource.class.getClassLoader();
  private @Nullable ConfigProvider provider;
  private boolean closed;

  /**
   * Of that class.
   *
   * @param parameters that it is configured with
   * @param path that it is asked for, in which {@value #REF} stands for the identity's name
   */
  public ProviderSource(String providerClass, Map<String, ?> parameters, String path) {
    this.providerClass = providerClass;
    this.parameters = Map.copyOf(parameters);
    this.path = path;
  }

  @Override
  public ConfigData get(String ref) {
    return provider().get(path.replace(REF, ref));
  }

  @Override
  public synchronized void close() throws IOException {
    closed = true;
    if (provider != null) {
      provider.close();
      provider = null;
    }
  }

  private synchronized ConfigProvider provider() {
    if (closed) {
      throw new ConfigException("the task is stopping");
    }
    if (provider == null) {
      provider = create();
    }
    return provider;
  }

  private ConfigProvider create() {
    ConfigProvider created;
    try {
      created =
          Utils.newInstance(
              Class.forName(providerClass, true, plugins).asSubclass(ConfigProvider.class));
    } catch (ClassNotFoundException | ClassCastException e) {
      throw (ConfigException)
          new ConfigException("identity.provider.class is no ConfigProvider here: " + providerClass)
              .initCause(e);
    }
    created.configure(parameters);
    return created;
  }
}
