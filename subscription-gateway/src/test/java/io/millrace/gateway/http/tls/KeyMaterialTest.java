package io.millrace.gateway.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyMaterialTest {

  private static final Path FILES = Path.of("src/test/resources/tls");
  private static final Password SECRET = new Password("secret");

  private static TlsConfig config(
      String certificate, @Nullable String key, @Nullable Password password) {
    return new TlsConfig(
        FILES.resolve(certificate),
        key == null ? null : FILES.resolve(key),
        password,
        null,
        Duration.ofSeconds(1));
  }

  @ParameterizedTest
  @CsvSource({
    "rsa.pem, rsa.key, CN=one.millrace.test",
    "rsa.pem, rsa-pkcs1.key, CN=one.millrace.test",
    "rsa.pem, rsa-encrypted.key, CN=one.millrace.test",
    "ec.pem, ec.key, CN=two.millrace.test",
    "ec.pem, ec-sec1.key, CN=two.millrace.test",
    "rsa.p12, , CN=one.millrace.test",
  })
  void readsEachKindOfKey(String certificate, @Nullable String key, String subject)
      throws Exception {
    KeyMaterial material = KeyMaterial.read(config(certificate, key, SECRET));
    assertThat(material.chain()).hasSize(2);
    assertThat(material.described()).startsWith(subject + ", valid until 21");
  }

  @Test
  void readsCertificateAndKeyFromOneFile(@TempDir Path folder) throws Exception {
    String both =
        Files.readString(FILES.resolve("ec.key")) + Files.readString(FILES.resolve("ec.pem"));
    Path file = Files.writeString(folder.resolve("both.pem"), both);
    TlsConfig config = new TlsConfig(file, null, null, null, Duration.ofSeconds(1));
    assertThat(KeyMaterial.read(config).chain()).hasSize(2);
  }

  @Test
  void readsTheAuthoritiesOfClients() throws Exception {
    TlsConfig config =
        new TlsConfig(
            FILES.resolve("ec.pem"),
            FILES.resolve("ec.key"),
            null,
            FILES.resolve("ca.pem"),
            Duration.ofSeconds(1));
    assertThat(KeyMaterial.read(config).authorities()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nowhere.pem | rsa.key | http.tls.certificate.file=*nowhere.pem cannot be read: NoSuchFileException",
        "rsa.pem | nowhere.key | http.tls.key.file=*nowhere.key cannot be read: NoSuchFileException",
        "rsa.key | rsa.key | http.tls.certificate.file=*rsa.key holds no certificate in PEM",
        "make.sh | rsa.key | http.tls.certificate.file=*make.sh is neither PEM nor PKCS #12 that"
            + " http.tls.key.password opens",
        "rsa.pem | ca.pem | http.tls.key.file=*ca.pem holds 0 private keys, not one",
        "rsa.pem | | http.tls.certificate.file=*rsa.pem holds 0 private keys, not one",
        "rsa.pem | ec.key | http.tls.key.file=*ec.key is not the private key of the first certificate"
            + " in *rsa.pem",
        "stranger.pem | rsa.key | http.tls.key.file=*rsa.key is not the private key of the first"
            + " certificate in *stranger.pem",
        "rsa.pem | rsa-encrypted.key | http.tls.key.file=*rsa-encrypted.key is encrypted, and there is"
            + " no http.tls.key.password",
        "rsa.pem | rsa-old-encrypted.key | http.tls.key.file=*rsa-old-encrypted.key is encrypted as"
            + " OpenSSL did formerly; openssl pkcs8 -topk8 makes a key of today of it",
        "ed25519.pem | ed25519.key | http.tls.key.file=*ed25519.key holds no key of RSA or EC that can"
            + " be read",
        "rsa.p12 | | http.tls.certificate.file=*rsa.p12 is neither PEM nor PKCS #12 that"
            + " http.tls.key.password opens",
      })
  void saysWhatIsWrongWithWhichFile(String certificate, @Nullable String key, String sentence) {
    assertThatThrownBy(() -> KeyMaterial.read(config(certificate, key, null)))
        .isInstanceOf(TlsException.class)
        .hasMessage(sentence.replace("*", FILES + "/"));
  }

  @ParameterizedTest
  @CsvSource({"rsa.pem, rsa-encrypted.key", "rsa.p12, "})
  void doesNotTellAWrongPassword(String certificate, @Nullable String key) {
    assertThatThrownBy(
            () -> KeyMaterial.read(config(certificate, key, new Password("Sesame-Open"))))
        .isInstanceOf(TlsException.class)
        .hasMessageContaining("http.tls.key.password")
        .hasMessageNotContaining("Sesame");
  }

  @Test
  void saysThatAFileEndsTooEarly(@TempDir Path folder) throws Exception {
    byte[] whole = Files.readAllBytes(FILES.resolve("rsa.pem"));
    Path half = folder.resolve("half.pem");
    Files.write(half, Arrays.copyOf(whole, whole.length - 200));
    TlsConfig config =
        new TlsConfig(half, FILES.resolve("rsa.key"), null, null, Duration.ofSeconds(1));
    assertThatThrownBy(() -> KeyMaterial.read(config))
        .hasMessage(
            "http.tls.certificate.file=" + half + " is no whole PEM file: ends within a block");
  }
}
