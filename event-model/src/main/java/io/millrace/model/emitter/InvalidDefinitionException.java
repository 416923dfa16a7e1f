package io.millrace.model.emitter;

import java.util.List;
import java.util.stream.Collectors;

/** A definition that cannot be accepted, with everything that is wrong with it. */
public final class InvalidDefinitionException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  public InvalidDefinitionException(List<Problem> problems) {
    super(problems.stream().map(Problem::toString).collect(Collectors.joining("; ")));
    this.problems = List.copyOf(problems);
  }

  public List<Problem> problems() {
    return problems;
  }
}
