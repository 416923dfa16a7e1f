package io.millrace.filter.feel;

import java.util.List;

/**
 * Why an expression is what it is for one event. Holds values of the event: never to be logged.
 *
 * @param outcome what the expression says of the event
 * @param reasons sentences about the parts that decided, in their order, such as {@code `amount >
 *     100` was false: amount is 40}; if all parts are true, about all of them
 */
public record Explanation(Outcome outcome, List<String> reasons) {

  public Explanation {
    reasons = List.copyOf(reasons);
  }
}
