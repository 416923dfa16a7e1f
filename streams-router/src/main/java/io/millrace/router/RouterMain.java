package io.millrace.router;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.management.ManagementServer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/** Runs the router as a process, with health and metrics, until SIGTERM. */
public final class RouterMain {

  static final int OK = 0;
  static final int FAILED = 1;
  static final int USAGE = 2;

  private static final String LOG_SETTINGS = "log4j2.configurationFile";

  private static final String HELP =
      """
      Routes the events of every stream to the emitters that want them.

      Usage: java -jar streams-router.jar --config FILE

        --config FILE   the router's settings, as Java properties; bootstrap.servers is needed
        --help          this text
        --version       the version
      """;

  private final PrintStream out;
  private final PrintStream err;

  RouterMain(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Ends the process with 1 if the router failed and with 2 if it was called wrongly. */
  public static void main(String[] args) {
    if (System.getProperty(LOG_SETTINGS) == null) {
      System.setProperty(LOG_SETTINGS, "classpath:millrace-router-log4j2.properties");
    }
    int code = new RouterMain(System.out, System.err).run(List.of(args));
    if (code != OK) {
      // The shutdown hook has nothing left to stop.
      Runtime.getRuntime().halt(code);
    }
  }

  int run(List<String> args) {
    if (args.equals(List.of("--help"))) {
      out.print(HELP);
      return OK;
    }
    if (args.equals(List.of("--version"))) {
      out.println("millrace router " + version());
      return OK;
    }
    if (args.size() != 2 || !args.get(0).equals("--config")) {
      err.print(HELP);
      return USAGE;
    }
    try {
      return serve(new RouterConfig(properties(Path.of(args.get(1)))));
    } catch (ConfigException e) {
      return failed(USAGE, e.getMessage());
    } catch (NoSuchFileException e) {
      return failed(USAGE, "there is no file " + e.getFile());
    } catch (MalformedInputException | IllegalArgumentException e) {
      return failed(USAGE, args.get(1) + " cannot be read as properties in UTF-8");
    } catch (IOException e) {
      return failed(USAGE, args.get(1) + " cannot be read: " + e.getMessage());
    } catch (UncheckedIOException e) {
      return failed(FAILED, e.getMessage());
    } catch (KafkaException e) {
      Throwable cause = e.getCause();
      return failed(FAILED, e.getMessage() + (cause == null ? "" : ": " + cause.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(FAILED, "interrupted");
    }
  }

  private int serve(RouterConfig config) throws InterruptedException {
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    CountDownLatch ended = new CountDownLatch(1);
    try (Router router = Router.start(config, registry);
        Closing management = manage(config, registry, router)) {
      Thread hook = new Thread(() -> end(router, ended), "millrace-router-stop");
      Runtime.getRuntime().addShutdownHook(hook);
      out.println("Routing" + management.note);
      router.awaitStopped();
      return router.hasFailed() ? failed(FAILED, "routing failed, see the log") : OK;
    } finally {
      registry.close();
      ended.countDown();
    }
  }

  /** On SIGTERM: the JVM goes on stopping when the hook returns, so it waits for the rest. */
  private static void end(Router router, CountDownLatch ended) {
    router.close();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Closing manage(
      RouterConfig config, PrometheusMeterRegistry registry, Router router) {
    return config
        .management()
        .map(address -> ManagementServer.start(address, registry, router::health))
        .map(server -> new Closing(server, "; health and metrics on port " + server.port()))
        .orElseGet(() -> new Closing(null, ""));
  }

  private static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    try (var reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    }
    return properties;
  }

  private int failed(int code, @Nullable String reason) {
    err.println("millrace router: " + reason);
    return code;
  }

  private static String version() {
    String version = RouterMain.class.getPackage().getImplementationVersion();
    return version == null ? "(unpackaged)" : version;
  }

  /** The management server, if there is one. */
  private record Closing(@Nullable ManagementServer server, String note) implements AutoCloseable {

    @Override
    public void close() {
      if (server != null) {
        server.close();
      }
    }
  }
}
