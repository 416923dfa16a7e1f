package io.millrace.model.identity.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.model.identity.Credentials.Bearer;
import io.millrace.model.identity.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityStoreTest {

  @TempDir Path folder;
  private Path file;
  private IdentityStore store;

  @BeforeEach
  void open() throws IOException {
    file = folder.resolve("store/identities");
    store = new IdentityStore(file, key(1));
  }

  @Test
  void aMissingFileHoldsNothing() throws IOException {
    assertThat(store.read()).isEmpty();
  }

  @Test
  void whatOneWritesAnotherReads() throws IOException {
    put(store, stored("a"));
    StoredIdentity shared = new StoredIdentity("b", null, true, stored("b").identity());
    put(store, shared);
    assertThat(new IdentityStore(file, key(1)).read())
        .isEqualTo(Map.of("a", stored("a"), "b", shared));
  }

  @Test
  void isReadAgainWhenChanged() throws IOException {
    IdentityStore reader = new IdentityStore(file, key(1));
    assertThat(reader.read()).isEmpty();
    put(store, stored("a"));
    assertThat(reader.read()).containsOnlyKeys("a");
    store.change(identities -> identities.remove("a"));
    assertThat(reader.read()).isEmpty();
  }

  @Test
  void isReadOnceWhileItIsTheSame() throws IOException {
    put(store, stored("a"));
    assertThat(store.read()).isSameAs(store.read());
  }

  @Test
  void aChangeThatFailsLeavesAllAsItWas() throws IOException {
    put(store, stored("a"));
    assertThatThrownBy(
            () ->
                store.change(
                    identities -> {
                      identities.clear();
                      throw new IllegalStateException("no");
                    }))
        .hasMessage("no");
    assertThat(store.read()).containsOnlyKeys("a");
  }

  @Test
  void secretsAndIdsAreNotInTheFile() throws IOException {
    put(store, stored("my-identity"));
    assertThat(new String(Files.readAllBytes(file), ISO_8859_1))
        .doesNotContain("s3cret", "my-identity", "ann");
  }

  @Test
  void equalContentIsNeverEncryptedAlike() throws IOException {
    put(store, stored("a"));
    byte[] first = Files.readAllBytes(file);
    put(store, stored("a"));
    assertThat(Files.readAllBytes(file)).isNotEqualTo(first);
  }

  @Test
  void onlyTheOwnerMayReadTheFilesAndNoOthersAreLeftBehind() throws IOException {
    put(store, stored("a"));
    List<String> files = new ArrayList<>();
    try (var list = Files.list(file.getParent())) {
      for (Path each : list.toList()) {
        files.add(each.getFileName().toString());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(each)))
            .isEqualTo("rw-------");
      }
    }
    assertThat(files).containsExactlyInAnyOrder("identities", "identities.lock");
  }

  @Test
  void anotherKeyIsToldApartFromDamage() throws IOException {
    put(store, stored("a"));
    assertThatThrownBy(() -> new IdentityStore(file, key(2)).read())
        .isInstanceOf(IdentityStoreException.class)
        .hasMessage(
            "The file " + file + " was written with another key (the one at hand is %s).",
            key(2).id());
    assertThatThrownBy(() -> put(new IdentityStore(file, key(2)), stored("b")))
        .hasMessageContaining("another key");
    assertThat(store.read()).containsOnlyKeys("a");
  }

  @Test
  void eachAlteredByteIsNoticed() throws IOException {
    put(store, stored("a"));
    byte[] good = Files.readAllBytes(file);
    for (int at = 0; at < good.length; at++) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      Files.write(file, bad);
      assertThatThrownBy(() -> new IdentityStore(file, key(1)).read())
          .as("byte %d", at)
          .isInstanceOf(IdentityStoreException.class)
          .hasMessageStartingWith("The file " + file + " ");
    }
  }

  @Test
  void eachMissingByteIsNoticed() throws IOException {
    put(store, stored("a"));
    byte[] good = Files.readAllBytes(file);
    for (int length = 0; length < good.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(good, length));
      assertThatThrownBy(() -> new IdentityStore(file, key(1)).read())
          .as("length %d", length)
          .isInstanceOf(IdentityStoreException.class);
    }
  }

  @Test
  void writersAtOnceLoseNothing() throws Exception {
    ExecutorService writers = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Void>> changes = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String id = "id-" + i;
        changes.add(
            () -> {
              put(new IdentityStore(file, key(1)), stored(id));
              return null;
            });
      }
      for (Future<Void> done : writers.invokeAll(changes)) {
        done.get();
      }
    } finally {
      writers.shutdownNow();
    }
    assertThat(store.read()).hasSize(40);
  }

  private static void put(IdentityStore store, StoredIdentity stored) throws IOException {
    store.change(identities -> identities.put(stored.id(), stored));
  }

  private static StoredIdentity stored(String id) {
    return new StoredIdentity(
        id, "ann", false, new Identity(new Bearer(new Password("s3cret")), List.of()));
  }

  private static StoreKey key(int seed) throws IdentityStoreException {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) seed;
    return StoreKey.find(
        Map.of(StoreKey.VARIABLE, Base64.getEncoder().encodeToString(bytes)), null);
  }
}
