package io.millrace.standalone.audit;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code audit}: what can be done with downloads of audit logs. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Checks what was downloaded from an audit log.",
    subcommands = VerifyCommand.class)
public final class AuditCommand implements Runnable {

  @Spec private CommandSpec spec = CommandSpec.create();

  /** Without a subcommand there is nothing to do. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "What shall be done? audit verify FILE");
  }
}
