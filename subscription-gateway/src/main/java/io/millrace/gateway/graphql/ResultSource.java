package io.millrace.gateway.graphql;

import graphql.ExecutionResult;
import org.reactivestreams.Publisher;

/**
 * What a subscription's resolver may answer with in place of a plain publisher: it knows the
 * results, so that the operation need not be executed for each event. They must be those that
 * executing it would give.
 */
public interface ResultSource extends Publisher<Object> {

  /** The results; instead of subscribing to this, once. */
  Publisher<ExecutionResult> results();
}
