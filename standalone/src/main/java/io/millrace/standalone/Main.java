package io.millrace.standalone;

import io.millrace.embedded.StartRefusedException;

/**
 * Where the process begins. The launcher script names the installation in {@code millrace.home}.
 */
public final class Main {

  private Main() {}

  public static void main(String... arguments) {
    System.exit(run(arguments));
  }

  static int run(String... arguments) {
    Installation installation = Installation.of(System.getProperties(), System.getenv());
    try {
      return MillraceCommand.of(installation, arguments)
          .execute(MillraceCommand.withDefaultCommand(arguments));
    } catch (StartRefusedException e) {
      System.err.println(e.getMessage());
      return Refusals.EXIT_CODE;
    }
  }
}
