package io.millrace.gateway.http;

import io.millrace.model.emitter.Problem;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A request that cannot be served, independent of the dialect it is told in. Carries no stack: it
 * is an answer, not a fault.
 */
public final class HttpProblem extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Trouble trouble;
  private final transient List<Problem> problems;
  private final transient Map<String, String> headers;

  private HttpProblem(Trouble trouble, List<Problem> problems, Map<String, String> headers) {
    super(String.join("; ", problems.stream().map(Problem::toString).toList()), null, false, false);
    this.trouble = trouble;
    this.problems = List.copyOf(problems);
    this.headers = Map.copyOf(headers);
  }

  /** One thing wrong; {@code reason} goes on where {@code field} begins the sentence. */
  public static HttpProblem of(Trouble trouble, String field, String reason) {
    return new HttpProblem(trouble, List.of(new Problem(field, reason)), Map.of());
  }

  /** Several things wrong with one request. */
  public static HttpProblem of(Trouble trouble, List<Problem> problems) {
    return new HttpProblem(trouble, problems, Map.of());
  }

  /** The same, answered with one more header. */
  public HttpProblem with(String header, String value) {
    Map<String, String> all = new HashMap<>(headers);
    all.put(header, value);
    return new HttpProblem(trouble, problems, all);
  }

  public Trouble trouble() {
    return trouble;
  }

  /** What is wrong, at least one. */
  public List<Problem> problems() {
    return problems;
  }

  /** Headers that belong to the answer, such as {@code Allow} and {@code Retry-After}. */
  public Map<String, String> headers() {
    return headers;
  }
}
