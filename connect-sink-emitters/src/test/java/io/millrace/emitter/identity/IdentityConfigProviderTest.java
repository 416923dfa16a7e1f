package io.millrace.emitter.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.identity.Credentials.ApiKey;
import io.millrace.model.identity.Identity;
import io.millrace.model.identity.store.IdentityStore;
import io.millrace.model.identity.store.StoreKey;
import io.millrace.model.identity.store.StoredIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityConfigProviderTest {

  @TempDir Path folder;
  private Path file;
  private Path keyFile;
  private final IdentityConfigProvider provider = new IdentityConfigProvider(Map.of());

  @BeforeEach
  void prepare() throws IOException {
    file = folder.resolve("identities");
    keyFile = folder.resolve("key");
    StoreKey.generate(keyFile, new SecureRandom());
    put("hook", "s3cret");
  }

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  void givesTheFieldsOfAnIdentity() throws IOException {
    provider.configure(Map.of("file", file.toString(), "key.file", keyFile.toString()));
    assertThat(provider.get("hook").data())
        .isEqualTo(Map.of("type", "apiKey", "in", "header", "name", "X-Key", "value", "s3cret"));
    assertThat(provider.get("hook", Set.of("value")).data()).isEqualTo(Map.of("value", "s3cret"));
    put("hook", "n3w");
    assertThat(provider.get("hook", Set.of("value")).data()).isEqualTo(Map.of("value", "n3w"));
  }

  @Test
  void takesFileAndKeyFromTheEnvironment() throws IOException {
    IdentityConfigProvider other =
        new IdentityConfigProvider(
            Map.of(
                "MILLRACE_IDENTITIES_FILE",
                file.toString(),
                "MILLRACE_IDENTITIES_KEY",
                Files.readString(keyFile)));
    other.configure(Map.of());
    assertThat(other.get("hook").data()).containsEntry("value", "s3cret");
    other.close();
  }

  @Test
  void whatIsNotThereIsNamed() {
    provider.configure(Map.of("file", file.toString(), "key.file", keyFile.toString()));
    assertThat(provider.get("none").data()).isEmpty();
    assertThatThrownBy(() -> provider.get("none", Set.of("value")))
        .isInstanceOf(ConfigException.class)
        .hasMessage("There is no identity none");
    assertThatThrownBy(() -> provider.get("hook", Set.of("password")))
        .hasMessageStartingWith("The identity hook has no password; it has ")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void saysWhatItNeeds() {
    assertThatThrownBy(() -> provider.configure(Map.of()))
        .hasMessageContaining("MILLRACE_IDENTITIES_FILE");
    assertThatThrownBy(() -> provider.configure(Map.of("file", file.toString())))
        .hasMessageContaining("MILLRACE_IDENTITIES_KEY");
  }

  private void put(String id, String value) throws IOException {
    Identity identity =
        new Identity(new ApiKey(ApiKey.Place.HEADER, "X-Key", new Password(value)), List.of());
    new IdentityStore(file, StoreKey.find(Map.of(), keyFile))
        .change(all -> all.put(id, new StoredIdentity(id, null, false, identity)));
  }
}
