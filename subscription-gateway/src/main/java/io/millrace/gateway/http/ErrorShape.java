package io.millrace.gateway.http;

/** How a dialect tells a client what went wrong. */
@FunctionalInterface
public interface ErrorShape {

  Reply shape(HttpProblem problem);
}
