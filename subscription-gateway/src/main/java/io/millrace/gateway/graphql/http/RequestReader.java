package io.millrace.gateway.graphql.http;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.gateway.graphql.GraphQlRequest;
import io.millrace.gateway.graphql.Transport;
import io.millrace.gateway.http.Exchange;
import io.millrace.gateway.http.HttpProblem;
import io.millrace.gateway.http.RequestJson;
import io.millrace.gateway.http.Trouble;
import io.millrace.model.emitter.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a request. All that is wrong is told at once, by {@link HttpProblem}.
 * Members that GraphQL does not know are passed over.
 */
final class RequestReader {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, @Nullable Object>> MAP = new TypeReference<>() {};

  private RequestReader() {}

  /** From the body of a POST. */
  static GraphQlRequest fromBody(byte[] body) {
    JsonNode parameters = RequestJson.parse(body);
    if (parameters.isMissingNode()) {
      throw HttpProblem.of(Trouble.MALFORMED, "body", "is empty");
    }
    if (parameters.isArray()) {
      throw HttpProblem.of(
          Trouble.MALFORMED, "body", "is a list: send each operation in a request of its own");
    }
    if (!parameters.isObject()) {
      throw HttpProblem.of(Trouble.MALFORMED, "body", "must be a JSON object");
    }
    return read(parameters, Transport.HTTP_POST);
  }

  /** From the query of a GET. */
  static GraphQlRequest fromQuery(Exchange exchange) {
    ObjectNode parameters = JsonNodeFactory.instance.objectNode();
    List<Problem> problems = new ArrayList<>();
    for (String name : List.of("query", "operationName")) {
      String value = exchange.query(name);
      if (value != null && !(value.isEmpty() && name.equals("operationName"))) {
        parameters.put(name, value);
      }
    }
    for (String name : List.of("variables", "extensions")) {
      String value = exchange.query(name);
      if (value != null && !value.isEmpty()) {
        try {
          parameters.set(name, RequestJson.parse(value.getBytes(StandardCharsets.UTF_8)));
        } catch (HttpProblem e) {
          problems.add(new Problem(name, e.problems().get(0).reason()));
        }
      }
    }
    if (!problems.isEmpty()) {
      throw HttpProblem.of(Trouble.MALFORMED, problems);
    }
    return read(parameters, Transport.HTTP_GET);
  }

  private static GraphQlRequest read(JsonNode parameters, Transport transport) {
    List<Problem> problems = new ArrayList<>();
    JsonNode query = parameters.path("query");
    if (query.isMissingNode() || query.isNull()) {
      problems.add(new Problem("query", "is missing"));
    } else if (!query.isTextual()) {
      problems.add(new Problem("query", "must be a string"));
    }
    JsonNode operation = parameters.path("operationName");
    if (present(operation) && !operation.isTextual()) {
      problems.add(new Problem("operationName", "must be a string"));
    }
    for (String name : List.of("variables", "extensions")) {
      JsonNode value = parameters.path(name);
      if (present(value) && !value.isObject()) {
        problems.add(new Problem(name, "must be a JSON object"));
      }
    }
    if (!problems.isEmpty()) {
      throw HttpProblem.of(Trouble.MALFORMED, problems);
    }
    JsonNode variables = parameters.path("variables");
    return new GraphQlRequest(
        query.textValue(),
        operation.textValue(),
        present(variables) ? JSON.convertValue(variables, MAP) : Map.of(),
        transport);
  }

  private static boolean present(JsonNode value) {
    return !value.isMissingNode() && !value.isNull();
  }
}
