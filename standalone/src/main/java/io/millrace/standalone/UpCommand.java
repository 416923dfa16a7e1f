package io.millrace.standalone;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Starts the whole, shows where it is, and stops it when asked to. */
@Command(
    name = "up",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Starts broker, Connect worker, router and gateway. What 'millrace' does alone.")
final class UpCommand implements Callable<Integer> {

  @Mixin final Flags flags = new Flags();

  private final Installation installation;
  private final ConfigFile file;

  UpCommand(Installation installation, ConfigFile file) {
    this.installation = installation;
    this.file = file;
  }

  @Override
  public Integer call() throws InterruptedException {
    return new Run(config()).untilStopped(System.out, () -> {}, ready -> () -> {});
  }

  StandaloneConfig config() {
    return flags.toConfig(installation, file.settings());
  }
}
