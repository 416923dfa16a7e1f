package io.millrace.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityFolderTest {

  @TempDir Path folder;

  @Test
  void makesAKeyOnce() throws Exception {
    IdentityFolder identities = new IdentityFolder(folder.resolve("identities"));
    identities.prepare(Map.of(), new SecureRandom());
    String key = Files.readString(identities.keyFile());
    identities.prepare(Map.of("MILLRACE_IDENTITIES_KEY", " "), new SecureRandom());
    assertThat(Files.readString(identities.keyFile())).isEqualTo(key);
  }

  @Test
  void writesNoKeyWhereTheEnvironmentHasOne() {
    IdentityFolder identities = new IdentityFolder(folder.resolve("identities"));
    identities.prepare(Map.of("MILLRACE_IDENTITIES_KEY", "x"), new SecureRandom());
    assertThat(identities.keyFile()).doesNotExist();
  }
}
