package io.millrace.gateway.graphql;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import graphql.GraphQLError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A result without errors that was written as JSON; it is read again only if somebody looks. */
public final class WrittenResult implements RenderedResult {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final byte[] json;

  /**
   * Takes it as it is.
   *
   * @param json an object with {@code data} and perhaps {@code extensions}, in UTF-8; not to be
   *     changed any more
   */
  public WrittenResult(byte[] json) {
    this.json = json;
  }

  @Override
  public ByteBuffer json() {
    return ByteBuffer.wrap(json).asReadOnlyBuffer();
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
    try {
      return JSON.readValue(json, OBJECT);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
