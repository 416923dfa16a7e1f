package io.millrace.standalone;

import io.millrace.embedded.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import picocli.CommandLine.Command;

/**
 * Starts and stops everything once in a folder of its own, on ports that nobody knows: the launcher
 * script lets the JVM note which classes that takes.
 */
@Command(name = "warm-up", hidden = true)
final class WarmUpCommand implements Callable<Integer> {

  private static final Endpoint ANYWHERE = Endpoint.loopback(0);

  private final Installation installation;

  WarmUpCommand(Installation installation) {
    this.installation = installation;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("millrace-warm-up-");
    StandaloneConfig config =
        new StandaloneConfig(
            folder,
            folder.resolve("system-emitters"),
            installation.home().resolve("plugins"),
            new Ports(ANYWHERE, ANYWHERE, ANYWHERE, ANYWHERE),
            PartSettings.NONE);
    Run.logTo(config);
    try (Standalone standalone = Standalone.start(config)) {
      System.out.println(new Banner(standalone).text());
    } finally {
      LogManager.shutdown();
      remove(folder);
    }
    return 0;
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.deleteIfExists(path);
      }
    }
  }
}
