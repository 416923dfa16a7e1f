package io.millrace.standalone;

import io.millrace.embedded.StartRefusedException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** A refusal is shown as the sentence it is; anything else is a fault, shown with its trace. */
final class Refusals implements IExecutionExceptionHandler {

  static final int EXIT_CODE = 1;

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult arguments)
      throws Exception {
    if (e instanceof StartRefusedException || e instanceof IllegalArgumentException) {
      command.getErr().println(e.getMessage());
      return EXIT_CODE;
    }
    throw e;
  }
}
