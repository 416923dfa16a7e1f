package io.millrace.gateway;

import at.favre.lib.crypto.bcrypt.BCrypt;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.management.ManagementServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The gateway's command line. */
@Command(
    name = "gateway",
    description = "Takes events over HTTP into Kafka.",
    mixinStandardHelpOptions = true,
    versionProvider = GatewayMain.Version.class)
public final class GatewayMain implements Callable<Integer> {

  private static final int PASSWORD_COST = 10;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties file; docs/reference/gateway.md lists the keys.")
  private @Nullable Path file;

  GatewayMain() {}

  /** Runs until the process is asked to stop. */
  public static void main(String[] args) {
    if (System.getProperty("log4j2.configurationFile") == null) {
      System.setProperty("log4j2.configurationFile", "classpath:io/millrace/gateway/log4j2.xml");
    }
    System.exit(new CommandLine(new GatewayMain()).execute(args));
  }

  @Override
  public Integer call() throws InterruptedException {
    if (file == null) {
      // Not required by annotation: hash-password needs none.
      System.err.println("--config FILE is missing; --help tells more.");
      return CommandLine.ExitCode.USAGE;
    }
    try {
      run(new GatewayConfig(properties(file)));
      return 0;
    } catch (GatewayStartException | ConfigException | UncheckedIOException e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }

  private static void run(GatewayConfig config) throws GatewayStartException, InterruptedException {
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(asked, stopped), "millrace-stop"));
    try (Gateway gateway = Gateway.start(config, registry);
        ManagementServer management = management(config, registry, gateway)) {
      System.out.println(
          "Gateway at http://"
              + config.http().bind()
              + ":"
              + gateway.port()
              + (management == null ? "" : ", health and metrics at port " + management.port()));
      asked.await();
    } finally {
      stopped.countDown();
    }
  }

  /** The JVM halts when its hooks return: this one returns when the gateway has stopped. */
  private static void stop(CountDownLatch asked, CountDownLatch stopped) {
    asked.countDown();
    try {
      stopped.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static @Nullable ManagementServer management(
      GatewayConfig config, PrometheusMeterRegistry registry, Gateway gateway) {
    if (config.managementPort() < 0) {
      return null;
    }
    return ManagementServer.start(
        new InetSocketAddress(config.managementBind(), config.managementPort()),
        registry,
        gateway::health);
  }

  private static Map<String, String> properties(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " cannot be read", e);
    }
    Map<String, String> values = new HashMap<>();
    properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
    return values;
  }

  @Command(
      name = "hash-password",
      description = "Reads a password from standard input and prints its bcrypt hash.")
  int hashPassword() throws IOException {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String password = input.readLine();
    if (password == null || password.isEmpty()) {
      System.err.println("There is no password on standard input.");
      return 1;
    }
    if (password.getBytes(StandardCharsets.UTF_8).length > 72) {
      System.err.println("A password has at most 72 bytes; bcrypt looks at no more.");
      return 1;
    }
    System.out.println(BCrypt.withDefaults().hashToString(PASSWORD_COST, password.toCharArray()));
    return 0;
  }

  /** The version in the jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
      String version = GatewayMain.class.getPackage().getImplementationVersion();
      return new String[] {"Millrace gateway " + (version == null ? "(not packaged)" : version)};
    }
  }
}
