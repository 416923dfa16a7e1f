package io.millrace.model.identity;

import io.millrace.model.emitter.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** An identity that cannot be accepted, with everything that is wrong with it, without secrets. */
public final class InvalidIdentityException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public InvalidIdentityException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
