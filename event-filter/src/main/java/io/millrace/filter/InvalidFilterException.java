package io.millrace.filter;

import io.millrace.model.emitter.Problem;
import java.util.List;
import java.util.stream.Collectors;

/** A filter that cannot be compiled, with everything that is wrong with it. */
public final class InvalidFilterException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  InvalidFilterException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
