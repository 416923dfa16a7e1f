package io.millrace.gateway.graphql;

/**
 * Why a field cannot be resolved, to be told to the client: what resolvers throw, or fail their
 * stages with. Carries no stack: it is an answer, not a fault.
 */
public final class GraphQlProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  private GraphQlProblem(ErrorCode code, String sentence) {
    super(sentence, null, false, false);
    this.code = code;
  }

  /** One sentence that names the argument and the reason, and nothing internal. */
  public static GraphQlProblem of(ErrorCode code, String sentence) {
    return new GraphQlProblem(code, sentence);
  }

  public ErrorCode code() {
    return code;
  }

  /** The sentence. */
  public String sentence() {
    return String.valueOf(getMessage());
  }
}
