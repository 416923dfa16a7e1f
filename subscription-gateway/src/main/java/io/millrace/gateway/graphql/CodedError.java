package io.millrace.gateway.graphql;

import graphql.GraphQLError;
import graphql.execution.ResultPath;
import graphql.language.SourceLocation;
import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An error as clients get it.
 *
 * @param tracking under which the log tells more; absent where there is no more to tell
 */
record CodedError(
    ErrorCode code,
    String message,
    @Nullable List<SourceLocation> locations,
    @Nullable List<Object> path,
    @Nullable String tracking)
    implements GraphQLError {

  @Serial private static final long serialVersionUID = 1L;

  /** Of the whole request. */
  static CodedError of(ErrorCode code, String message) {
    return new CodedError(code, message, null, null, null);
  }

  /** The same of one field. */
  CodedError at(ResultPath field, @Nullable SourceLocation location) {
    List<SourceLocation> places = location == null ? null : List.of(location);
    return new CodedError(code, message, places, field.toList(), tracking);
  }

  @Override
  public String getMessage() {
    return message;
  }

  @Override
  public @Nullable List<SourceLocation> getLocations() {
    return locations;
  }

  @Override
  public ErrorCode getErrorType() {
    return code;
  }

  @Override
  public @Nullable List<Object> getPath() {
    return path;
  }

  @Override
  public Map<String, @Nullable Object> getExtensions() {
    Map<String, @Nullable Object> extensions = new LinkedHashMap<>();
    extensions.put("code", code.name());
    if (tracking != null) {
      extensions.put("tracking", tracking);
    }
    return extensions;
  }

  @Override
  public Map<String, @Nullable Object> toSpecification() {
    Map<String, @Nullable Object> error = new LinkedHashMap<>();
    error.put("message", message);
    List<Map<String, Integer>> places = places();
    if (!places.isEmpty()) {
      error.put("locations", places);
    }
    if (path != null) {
      error.put("path", path);
    }
    error.put("extensions", getExtensions());
    return error;
  }

  private List<Map<String, Integer>> places() {
    return locations == null
        ? List.of()
        : locations.stream()
            .filter(place -> place.getLine() > 0 && place.getColumn() > 0)
            .map(place -> Map.of("line", place.getLine(), "column", place.getColumn()))
            .toList();
  }
}
