package io.millrace.gateway.graphql;

import graphql.ExecutionResult;
import java.nio.ByteBuffer;

/** A result that is JSON already: what sends it makes no tree of it. */
public interface RenderedResult extends ExecutionResult {

  /** The whole result, an object with data and errors, in UTF-8; a view of its own each time. */
  ByteBuffer json();
}
