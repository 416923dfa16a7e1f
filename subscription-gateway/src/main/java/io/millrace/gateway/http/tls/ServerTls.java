package io.millrace.gateway.http.tls;

import io.millrace.gateway.file.FileWatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's side of TLS, by the newest certificate that can be used. Looks at the files again
 * and again. New connections get what was read last; those that are open go on as they are.
 */
public final class ServerTls implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServerTls.class);

  // Key stores must have a password; this one never leaves the memory.
  private static final String PASSWORD = "in-memory";

  private final TlsConfig config;
  private final FileWatch watch;
  private final SslContextFactory.Server factory = newFactory();
  private final ScheduledExecutorService scheduler =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "millrace-tls");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean broken;

  private ServerTls(TlsConfig config) {
    this.config = config;
    this.watch = new FileWatch(config.files());
  }

  /**
   * Returns when the files were read.
   *
   * @throws TlsException if they cannot be used
   */
  public static ServerTls follow(TlsConfig config) throws TlsException {
    ServerTls tls = new ServerTls(config);
    boolean unused = tls.watch.changed();
    KeyMaterial material = KeyMaterial.read(config);
    try {
      tryOut(material);
    } catch (Exception e) {
      throw new TlsException(TlsConfig.CERTIFICATE, config.certificate(), "cannot be used", e);
    }
    apply(material, tls.factory);
    LOG.info("TLS by the certificate of {}", material.described());
    long millis = config.refresh().toMillis();
    ScheduledFuture<?> unusedLooks =
        tls.scheduler.scheduleWithFixedDelay(tls::look, millis, millis, TimeUnit.MILLISECONDS);
    return tls;
  }

  private static SslContextFactory.Server newFactory() {
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    factory.setRenegotiationAllowed(false);
    return factory;
  }

  private static void apply(KeyMaterial material, SslContextFactory to) {
    to.setKeyStore(material.keys(PASSWORD));
    to.setKeyStorePassword(PASSWORD);
    to.setTrustStore(material.trusted());
    ((SslContextFactory.Server) to).setNeedClientAuth(!material.authorities().isEmpty());
  }

  private void look() {
    if (!watch.changed()) {
      return;
    }
    try {
      KeyMaterial material = KeyMaterial.read(config);
      tryOut(material);
      factory.reload(to -> apply(material, to));
      broken = false;
      LOG.info("TLS from now on by the certificate of {}", material.described());
    } catch (TlsException e) {
      broken = true;
      LOG.error("The certificate of before stays in force: {}", e.getMessage());
    } catch (Exception e) {
      broken = true;
      watch.forget();
      LOG.error("The certificate of before stays in force", e);
    }
  }

  /** What fails here leaves the server's own factory, which has no way back, as it is. */
  private static void tryOut(KeyMaterial material) throws Exception {
    SslContextFactory.Server trial = newFactory();
    apply(material, trial);
    trial.start();
    trial.stop();
  }

  /** For a server's connector, which starts it. */
  public SslContextFactory.Server factory() {
    return factory;
  }

  /** For health: whether the files, as they are now, are what is in force. */
  public String state() {
    return broken ? "broken files; what was read before is in force" : "in force";
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
  }
}
