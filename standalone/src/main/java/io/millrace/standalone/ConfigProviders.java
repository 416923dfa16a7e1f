package io.millrace.standalone;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Whom the worker asks for what references such as {@code ${file:/etc/shop.properties:password}}
 * stand for: {@code millrace} for identities, and Kafka's own for files and folders.
 */
record ConfigProviders(Path plugins, IdentityFolder identities) {

  private static final String LIST = "config.providers";
  private static final String KAFKAS = "org.apache.kafka.common.config.provider.";
  private static final String PLUGIN = "millrace-connect-sink-emitters";

  /** These settings of a worker with the providers; what they say of providers wins or is added. */
  Map<String, String> under(Map<String, String> settings) {
    Map<String, String> all = new HashMap<>();
    Set<String> names = new LinkedHashSet<>();
    if (hasPlugin()) {
      names.add("millrace");
      String provider = LIST + ".millrace";
      all.put(provider + ".class", "io.millrace.emitter.identity.IdentityConfigProvider");
      all.put(provider + ".param.file", identities.file().toString());
      all.put(provider + ".param.key.file", identities.keyFile().toString());
    }
    names.add("file");
    all.put(LIST + ".file.class", KAFKAS + "FileConfigProvider");
    names.add("dir");
    all.put(LIST + ".dir.class", KAFKAS + "DirectoryConfigProvider");
    all.putAll(settings);
    Arrays.stream(settings.getOrDefault(LIST, "").split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .forEach(names::add);
    all.put(LIST, String.join(",", names));
    return all;
  }

  // Connect does not start with a provider that it cannot find.
  private boolean hasPlugin() {
    String[] found = plugins.toFile().list();
    return found != null && Arrays.stream(found).anyMatch(name -> name.startsWith(PLUGIN));
  }
}
