package io.millrace.standalone;

import io.millrace.standalone.demo.Demo;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts the same as {@code up}, with samples, and with state of its own. */
@Command(
    name = "demo",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Starts the same with sample emitters and a stream of sample events. State is kept apart,"
            + " in 'data-demo' by default.")
final class DemoCommand implements Callable<Integer> {

  @Mixin private final Flags flags = new Flags();

  @Option(
      names = "--user",
      paramLabel = "NAME:PASSWORD",
      defaultValue = "admin:admin",
      description = "Who publishes the sample events, when you have set users of your own.")
  private String user = "";

  private final Installation installation;
  private final ConfigFile file;

  DemoCommand(Installation installation, ConfigFile file) {
    this.installation = installation.forDemo();
    this.file = file;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    StandaloneConfig config = flags.toConfig(installation, file.settings());
    PrintStream out = System.out;
    Path logs = config.data().resolve("logs");
    try (Demo demo = Demo.open(out)) {
      return new Run(config)
          .untilStopped(
              out,
              () -> demo.writeEmitters(config.systemEmitters(), logs),
              ready -> demo.publishTo(ready.gatewayUrl(), user));
    }
  }
}
