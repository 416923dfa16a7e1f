package io.millrace.model.identity.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoreKeyTest {

  @TempDir Path folder;

  @Test
  void isGeneratedOnceForItsOwnerAlone() throws IOException {
    Path file = folder.resolve("new/key");
    assertThat(StoreKey.generate(file, new SecureRandom())).isTrue();
    String text = Files.readString(file);
    assertThat(StoreKey.generate(file, new SecureRandom())).isFalse();
    assertThat(Files.readString(file)).isEqualTo(text);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(StoreKey.find(Map.of(), file).secret().getEncoded())
        .isEqualTo(Base64.getDecoder().decode(text.strip()))
        .hasSize(32);
  }

  @Test
  void theEnvironmentWinsOverTheFile() throws IOException {
    Path file = folder.resolve("key");
    StoreKey.generate(file, new SecureRandom());
    String text = Base64.getEncoder().encodeToString(new byte[32]);
    StoreKey key = StoreKey.find(Map.of(StoreKey.VARIABLE, text + "\n"), file);
    assertThat(key.secret().getEncoded()).isEqualTo(new byte[32]);
    assertThat(key.toString()).isEqualTo("key " + key.id()).doesNotContain(text);
  }

  @Test
  void withoutAnyTheVariableIsNamed() {
    assertThatThrownBy(() -> StoreKey.find(Map.of(StoreKey.VARIABLE, " "), null))
        .isInstanceOf(IdentityStoreException.class)
        .hasMessageContaining("MILLRACE_IDENTITIES_KEY");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cret", "c2VjcmV0LXRoYXQtaXMtc2hvcnQ=", "not base64 !"})
  void whatIsNoKeyIsRefusedWithoutBeingQuoted(String text) throws IOException {
    assertThatThrownBy(() -> StoreKey.find(Map.of(StoreKey.VARIABLE, text), null))
        .hasMessage(
            "The key of identities in the environment's MILLRACE_IDENTITIES_KEY must be 32 random"
                + " bytes in base64.");
    Path file = Files.writeString(folder.resolve("key"), text);
    assertThatThrownBy(() -> StoreKey.find(Map.of(), file))
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining(text);
  }

  @Test
  void aKeyFileThatIsMissingIsNamed() {
    assertThatThrownBy(() -> StoreKey.find(Map.of(), folder.resolve("none")))
        .hasMessage("The key file %s cannot be read: NoSuchFileException", folder.resolve("none"));
  }
}
