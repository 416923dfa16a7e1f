package io.millrace.standalone;

import io.millrace.model.identity.store.StoreKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where the gateway keeps identities, and Connect reads them; and the key that encrypts them. */
record IdentityFolder(Path folder) {

  private static final Logger LOG = LoggerFactory.getLogger(IdentityFolder.class);

  Path file() {
    return folder.resolve("identities");
  }

  Path keyFile() {
    return folder.resolve("key");
  }

  /** Makes a key, unless there is one: in the environment, or from an earlier start. */
  void prepare(Map<String, String> environment, SecureRandom random) {
    if (!environment.getOrDefault(StoreKey.VARIABLE, "").isBlank()) {
      return;
    }
    try {
      if (StoreKey.generate(keyFile(), random)) {
        LOG.warn(
            "The key that encrypts identities was made, and is in {}: keep it, and not where copies"
                + " of the data folder are. {} in the environment takes its place.",
            keyFile(),
            StoreKey.VARIABLE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a key for identities cannot be written", e);
    }
  }
}
