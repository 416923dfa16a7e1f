package io.millrace.standalone;

import io.millrace.embedded.StartRefusedException;
import io.millrace.standalone.audit.AuditCommand;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line as a whole. Without a command it is {@code up}. */
@Command(
    name = "millrace",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Event distribution on Kafka, all in one process.")
final class MillraceCommand {

  private static final List<String> COMMANDS = List.of("up", "demo", "audit", "warm-up");

  /** A first look at the arguments, for the file that gives defaults to the rest. */
  @Command
  private static final class FirstLook {
    @Option(names = "--config")
    @Nullable Path config;
  }

  private MillraceCommand() {}

  /**
   * The command line, with defaults from the file that the arguments name.
   *
   * @throws StartRefusedException if that file cannot be read or has an unknown entry
   */
  static CommandLine of(Installation installation, String... arguments) {
    ConfigFile file = configFile(arguments);
    CommandLine up = new CommandLine(new UpCommand(installation, file));
    file.requireKnown(up.getCommandSpec());
    CommandLine demo = new CommandLine(new DemoCommand(installation, file));
    up.setDefaultValueProvider(file);
    demo.setDefaultValueProvider(file);
    CommandLine millrace = new CommandLine(new MillraceCommand());
    millrace.addSubcommand(up);
    millrace.addSubcommand(demo);
    millrace.addSubcommand(new AuditCommand());
    millrace.addSubcommand(new WarmUpCommand(installation));
    millrace.setExecutionExceptionHandler(new Refusals());
    return millrace;
  }

  /** The arguments with {@code up} put in front where no command is named. */
  static String[] withDefaultCommand(String... arguments) {
    List<String> given = List.of(arguments);
    boolean asksMillrace =
        !given.isEmpty()
            && (COMMANDS.contains(given.get(0))
                || List.of("--help", "-h", "--version", "-V").contains(given.get(0)));
    if (asksMillrace) {
      return arguments;
    }
    String[] all = new String[arguments.length + 1];
    all[0] = "up";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return all;
  }

  private static ConfigFile configFile(String... arguments) {
    FirstLook look = new FirstLook();
    try {
      new CommandLine(look).setUnmatchedArgumentsAllowed(true).parseArgs(arguments);
    } catch (CommandLine.ParameterException e) {
      return ConfigFile.none(); // "--config" without a file: the true parser says so
    }
    return look.config == null ? ConfigFile.none() : ConfigFile.read(look.config);
  }
}
