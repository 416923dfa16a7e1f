package io.millrace.gateway.graphql;

import graphql.ExecutionResult;
import graphql.GraphQLError;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A result of a subscription without errors that is JSON already: who sends it makes no tree of it,
 * and there is none to be had.
 *
 * @param json the whole result, an object with data, in UTF-8 from position to limit; not changed
 */
public record RenderedResult(ByteBuffer json) implements ExecutionResult {

  /** A view of its own each time. */
  @Override
  public ByteBuffer json() {
    return json.asReadOnlyBuffer();
  }

  @Override
  public List<GraphQLError> getErrors() {
    return List.of();
  }

  @Override
  @SuppressWarnings("TypeParameterUnusedInFormals") // As the interface has it.
  public <T> @Nullable T getData() {
    return null;
  }

  @Override
  public boolean isDataPresent() {
    return true;
  }

  @Override
  public @Nullable Map<Object, Object> getExtensions() {
    return null;
  }

  @Override
  public Map<String, Object> toSpecification() {
    throw new UnsupportedOperationException("a rendered result has no tree");
  }
}
