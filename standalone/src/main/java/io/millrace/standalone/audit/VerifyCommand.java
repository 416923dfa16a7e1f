package io.millrace.standalone.audit;

import io.millrace.model.audit.AuditFinding;
import io.millrace.model.audit.AuditVerifier;
import io.millrace.model.audit.AuditVerifier.Mark;
import io.millrace.model.audit.AuditVerifier.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code audit verify}: whether downloads hold. */
@Command(
    name = "verify",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description =
        "Says whether downloads of an audit log are what was recorded: nothing changed, left out,"
            + " put in or moved. Takes JSON arrays and NDJSON, also compressed with gzip.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:The chain holds.",
      "1:It does not; what is wrong is told with file, line and entry.",
      "2:The command line is wrong, or a file cannot be read."
    })
final class VerifyCommand implements Callable<Integer> {

  private static final String STDIN = "-";
  private static final int BROKEN = 1;
  private static final int MOST_TOLD = 100;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--after",
      paramLabel = "HASH",
      description =
          "Hash of the entry that the first one must follow: the last one of the download before.")
  private @Nullable String after;

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description =
          "Downloads in the order of their ranges, each going on where the one before ended;"
              + " standard input if none is given, or for '-'.")
  private List<String> files = new ArrayList<>();

  private int told;

  @Override
  public Integer call() {
    if (after != null && !after.matches("[0-9a-f]{64}")) {
      throw new ParameterException(
          spec.commandLine(), "--after must be 64 hexadecimal digits, and is " + after);
    }
    AuditVerifier verifier = new AuditVerifier(after, this::tell);
    for (String file : files.isEmpty() ? List.of(STDIN) : files) {
      try (InputStream download =
          file.equals(STDIN) ? System.in : Files.newInputStream(Path.of(file))) {
        verifier.read(file.equals(STDIN) ? "standard input" : file, download);
      } catch (NoSuchFileException e) {
        return unreadable(file + " does not exist");
      } catch (IOException e) {
        return unreadable(file + " cannot be read: " + e.getMessage());
      }
    }
    return conclude(verifier.finish());
  }

  private int conclude(Summary summary) {
    PrintWriter out = spec.commandLine().getOut();
    if (told > MOST_TOLD) {
      spec.commandLine().getErr().println((told - MOST_TOLD) + " more are not shown");
    }
    Mark first = summary.first();
    Mark last = summary.last();
    if (first != null && last != null) {
      out.println("first:  " + describe(first));
      out.println("        after " + first.previous());
      out.println("last:   " + describe(last));
      out.println("        hash " + last.hash());
    }
    out.println(
        summary.holds()
            ? "The chain holds: " + summary.entries() + " entries."
            : "The chain does NOT hold: %d entries, %d findings."
                .formatted(summary.entries(), summary.findings()));
    return summary.holds() ? ExitCode.OK : BROKEN;
  }

  private static String describe(Mark mark) {
    return "entry " + mark.sequence() + ", recorded " + mark.time();
  }

  private void tell(AuditFinding finding) {
    told++;
    if (told <= MOST_TOLD) {
      spec.commandLine().getErr().println(finding);
    }
  }

  private int unreadable(String sentence) {
    spec.commandLine().getErr().println(sentence);
    return ExitCode.USAGE;
  }
}
