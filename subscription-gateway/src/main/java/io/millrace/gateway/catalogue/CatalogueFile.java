package io.millrace.gateway.catalogue;

import io.millrace.filter.Tenants;
import io.millrace.gateway.file.FileWatch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The newest catalogue that can be used. Looks at its file or folder again and again; a broken one
 * is reported, and what was read before stays in force. Safe for use by several threads.
 */
public final class CatalogueFile implements Supplier<Catalogue>, AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(CatalogueFile.class);
  private static final String DEFAULT = "default-catalogue.yaml";

  private final @Nullable Path file;
  private final FileWatch watch;
  private final CatalogueListener listener;
  private final ScheduledExecutorService scheduler;
  private volatile Catalogue catalogue = Catalogue.EMPTY;
  private volatile boolean broken;

  private CatalogueFile(@Nullable Path file, CatalogueListener listener) {
    this.file = file;
    this.watch = new FileWatch(() -> file == null ? List.of() : CatalogueText.files(file));
    this.listener = listener;
    this.scheduler =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "millrace-catalogue");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Returns when the first catalogue is in force.
   *
   * @throws CatalogueException if it cannot be
   * @throws InterruptedException if interrupted while the listener works
   */
  public static CatalogueFile follow(CatalogueConfig config, CatalogueListener listener)
      throws CatalogueException, InterruptedException {
    CatalogueFile followed = new CatalogueFile(config.file(), listener);
    Path file = config.file();
    if (file == null) {
      followed.use(builtIn());
      return followed;
    }
    boolean unused = followed.watch.changed();
    followed.use(read(file));
    long millis = config.refresh().toMillis();
    ScheduledFuture<?> unusedLooks =
        followed.scheduler.scheduleWithFixedDelay(
            followed::refresh, millis, millis, TimeUnit.MILLISECONDS);
    return followed;
  }

  @Override
  public Catalogue get() {
    return catalogue;
  }

  /** The tenants of whatever catalogue is in force when they are asked for. */
  public Tenants tenants() {
    return (scope, tenant) -> catalogue.tenants().reaches(scope, tenant);
  }

  /** For health: whether the file, as it is now, is what is in force. */
  public String state() {
    return broken ? "broken file; what was read before is in force" : "in force";
  }

  /** Whether the file, as it is now, could not be used. */
  public boolean broken() {
    return broken;
  }

  /** The catalogue that comes with the gateway. */
  static Catalogue builtIn() throws CatalogueException {
    try (InputStream in =
        Objects.requireNonNull(CatalogueFile.class.getResourceAsStream(DEFAULT))) {
      return CatalogueReader.read(CatalogueText.of(DEFAULT, in.readAllBytes()));
    } catch (IOException e) {
      throw new CatalogueException("the one that comes with the gateway cannot be read", e);
    }
  }

  private void use(Catalogue next) throws CatalogueException, InterruptedException {
    listener.changes(next);
    catalogue = next;
    broken = false;
  }

  private void refresh() {
    if (!watch.changed()) {
      return;
    }
    Path path = Objects.requireNonNull(file);
    try {
      use(read(path));
      LOG.info("Catalogue read again from {}", path);
    } catch (CatalogueException e) {
      broken = true;
      if (e.getCause() instanceof KafkaException) {
        watch.forget(); // Nothing is wrong with the file: the next look tries again.
      }
      LOG.error("What was read before stays in force; {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      broken = true;
      watch.forget();
      LOG.error("What was read before of the catalogue stays in force", e);
    }
  }

  private static Catalogue read(Path file) throws CatalogueException {
    try {
      return CatalogueReader.read(CatalogueText.read(file));
    } catch (IOException e) {
      String reason = "cannot be read: " + e.getClass().getSimpleName();
      throw new CatalogueException(
          file.toString(), List.of(new CatalogueProblem(null, 0, "file", reason)));
    }
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
  }
}
