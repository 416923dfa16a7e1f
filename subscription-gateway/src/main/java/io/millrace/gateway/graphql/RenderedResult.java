package io.millrace.gateway.graphql;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.ExecutionResult;
import graphql.GraphQLError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A result of a subscription without errors that is JSON already: who sends it makes no tree of it.
 * It is read again for whoever looks into it.
 *
 * @param json the whole result, an object with {@code data} and perhaps {@code extensions}, in
 *     UTF-8 from position to limit; not changed
 */
public record RenderedResult(ByteBuffer json) implements ExecutionResult {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  /** A view of its own each time. */
  @Override
  public ByteBuffer json() {
    return json.asReadOnlyBuffer();
  }

  @Override
  public List<GraphQLError> getErrors() {
    return List.of();
  }

  // The caller says what it is, as the interface has it.
  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  public <T> @Nullable T getData() {
    return (T) toSpecification().get("data");
  }

  @Override
  public boolean isDataPresent() {
    return true;
  }

  @Override
  @SuppressWarnings("unchecked")
  public @Nullable Map<Object, Object> getExtensions() {
    return (Map<Object, Object>) toSpecification().get("extensions");
  }

  @Override
  public Map<String, Object> toSpecification() {
    byte[] bytes = new byte[json.remaining()];
    json().get(bytes);
    try {
      return JSON.readValue(bytes, OBJECT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
