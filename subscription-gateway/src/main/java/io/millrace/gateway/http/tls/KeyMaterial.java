package io.millrace.gateway.http.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * A private key with the certificates that tell whose it is, proven to belong together.
 *
 * @param chain the gateway's own certificate first
 * @param authorities whose clients are let in; empty if that is not asked
 */
record KeyMaterial(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> authorities) {

  /**
   * Reads the files.
   *
   * @throws TlsException if they cannot be used
   */
  static KeyMaterial read(TlsConfig config) throws TlsException {
    byte[] file = bytes(TlsConfig.CERTIFICATE, config.certificate());
    List<X509Certificate> authorities = authorities(config.clientAuthorities());
    KeyMaterial material =
        Pem.is(file)
            ? pem(config, file, authorities)
            : pkcs12(config.certificate(), file, config.password(), authorities);
    if (!material.belongsTogether()) {
      throw new TlsException(
          config.key() == null ? TlsConfig.CERTIFICATE : TlsConfig.KEY,
          config.key() == null ? config.certificate() : config.key(),
          "is not the private key of the first certificate in " + config.certificate());
    }
    return material;
  }

  private static byte[] bytes(String key, Path file) throws TlsException {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new TlsException(key, file, "cannot be read: " + e.getClass().getSimpleName(), e);
    }
  }

  private static KeyMaterial pem(TlsConfig config, byte[] file, List<X509Certificate> authorities)
      throws TlsException {
    List<X509Certificate> chain = certificates(TlsConfig.CERTIFICATE, config.certificate(), file);
    Path keyFile = config.key() == null ? config.certificate() : config.key();
    String named = config.key() == null ? TlsConfig.CERTIFICATE : TlsConfig.KEY;
    try {
      List<Pem> keys =
          Pem.blocks(config.key() == null ? file : bytes(named, keyFile)).stream()
              .filter(PemKey::is)
              .toList();
      if (keys.size() != 1) {
        throw new TlsException(named, keyFile, "holds " + keys.size() + " private keys, not one");
      }
      PrivateKey key = PemKey.read(keys.get(0), config.password(), chain.get(0).getPublicKey());
      return new KeyMaterial(key, chain, authorities);
    } catch (IllegalArgumentException e) {
      throw new TlsException(named, keyFile, String.valueOf(e.getMessage()), e);
    } catch (GeneralSecurityException e) {
      throw new TlsException(named, keyFile, "holds no private key that can be read", e);
    }
  }

  private static KeyMaterial pkcs12(
      Path path, byte[] file, @Nullable Password password, List<X509Certificate> authorities)
      throws TlsException {
    char[] secret = password == null ? new char[0] : password.value().toCharArray();
    KeyStore store;
    try {
      store = KeyStore.getInstance("PKCS12");
      store.load(new ByteArrayInputStream(file), secret);
    } catch (IOException | GeneralSecurityException e) {
      throw new TlsException(
          TlsConfig.CERTIFICATE,
          path,
          "is neither PEM nor PKCS #12 that " + TlsConfig.PASSWORD + " opens",
          e);
    }
    try {
      List<String> aliases = new ArrayList<>();
      for (String alias : Collections.list(store.aliases())) {
        if (store.isKeyEntry(alias)) {
          aliases.add(alias);
        }
      }
      if (aliases.size() != 1) {
        String reason = "holds " + aliases.size() + " private keys, not one";
        throw new TlsException(TlsConfig.CERTIFICATE, path, reason);
      }
      List<X509Certificate> chain = new ArrayList<>();
      for (Certificate each : Objects.requireNonNull(store.getCertificateChain(aliases.get(0)))) {
        chain.add((X509Certificate) each);
      }
      return new KeyMaterial((PrivateKey) store.getKey(aliases.get(0), secret), chain, authorities);
    } catch (GeneralSecurityException | RuntimeException e) {
      String reason = "holds no private key with its certificate that can be read";
      throw new TlsException(TlsConfig.CERTIFICATE, path, reason, e);
    }
  }

  private static List<X509Certificate> authorities(@Nullable Path file) throws TlsException {
    return file == null
        ? List.of()
        : certificates(TlsConfig.CLIENTS, file, bytes(TlsConfig.CLIENTS, file));
  }

  private static List<X509Certificate> certificates(String key, Path path, byte[] file)
      throws TlsException {
    List<X509Certificate> certificates;
    try {
      certificates = Pem.certificates(Pem.blocks(file));
    } catch (GeneralSecurityException e) {
      throw new TlsException(key, path, "holds a certificate that cannot be read", e);
    } catch (IllegalArgumentException e) {
      throw new TlsException(key, path, "is no whole PEM file: " + e.getMessage(), e);
    }
    if (certificates.isEmpty()) {
      throw new TlsException(key, path, "holds no certificate in PEM");
    }
    return certificates;
  }

  /** Whether what the key signs is what the certificate's key has signed. */
  private boolean belongsTogether() {
    byte[] something = {1, 2, 3};
    try {
      String algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(key);
      signature.update(something);
      byte[] signed = signature.sign();
      signature.initVerify(chain.get(0).getPublicKey());
      signature.update(something);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // Of different kinds.
    }
  }

  /** The key with its certificates, as JSSE wants it. */
  KeyStore keys(String password) {
    return store(
        store ->
            store.setKeyEntry(
                "gateway", key, password.toCharArray(), chain.toArray(Certificate[]::new)));
  }

  /** Whom to let in; null for everybody. */
  @Nullable KeyStore trusted() {
    return authorities.isEmpty()
        ? null
        : store(
            store -> {
              for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("authority-" + i, authorities.get(i));
              }
            });
  }

  private interface Filling {
    void fill(KeyStore store) throws GeneralSecurityException;
  }

  private static KeyStore store(Filling filling) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      filling.fill(store);
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException("a key store in memory took no key", e);
    }
  }

  /** For the log: whose certificate it is, and until when. */
  String described() {
    X509Certificate own = chain.get(0);
    return own.getSubjectX500Principal() + ", valid until " + own.getNotAfter().toInstant();
  }
}
