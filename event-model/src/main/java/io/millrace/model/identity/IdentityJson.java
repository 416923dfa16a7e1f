package io.millrace.model.identity;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.millrace.model.emitter.Problem;
import io.millrace.model.identity.Credentials.OAuth2;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;

/**
 * Identities as JSON: the flat form, but for {@code signingSecrets}, which is an array, and {@code
 * parameters}, which is an object. Safe for use by several threads.
 */
public final class IdentityJson {

  private static final String PARAMETERS = "parameters";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private IdentityJson() {}

  /**
   * Reads an identity.
   *
   * @throws InvalidIdentityException with everything that is wrong, in words without secrets
   */
  public static Identity read(byte[] json) throws InvalidIdentityException {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      // Its own words may quote the text.
      throw invalid(
          "is not JSON: line %d, column %d"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    } catch (IOException e) {
      throw invalid("is not JSON");
    }
    if (!(root instanceof ObjectNode object)) {
      throw invalid("must be a JSON object");
    }
    return read(object);
  }

  /** Reads an identity. See {@link #read(byte[])}. */
  public static Identity read(ObjectNode root) throws InvalidIdentityException {
    Map<String, String> fields = new LinkedHashMap<>();
    List<Problem> problems = new ArrayList<>();
    root.properties().forEach(field -> flatten(field.getKey(), field.getValue(), fields, problems));
    try {
      Identity identity = Identity.read(fields);
      if (problems.isEmpty()) {
        return identity;
      }
    } catch (InvalidIdentityException e) {
      // A field of the wrong kind is not missing as well.
      e.problems().stream()
          .filter(also -> problems.stream().noneMatch(one -> one.field().equals(also.field())))
          .toList()
          .forEach(problems::add);
    }
    throw new InvalidIdentityException(problems);
  }

  /** The identity's JSON, with its secrets: for the store and for nobody else. */
  public static ObjectNode write(Identity identity) {
    ObjectNode root = JSON.createObjectNode();
    identity.fields().forEach((name, value) -> put(root, name, plain(value)));
    if (!identity.signingSecrets().isEmpty()) {
      ArrayNode secrets = root.putArray(Identity.SIGNING_SECRETS);
      identity.signingSecrets().forEach(secret -> secrets.add(secret.text().value()));
    }
    return root;
  }

  private static void put(ObjectNode root, String name, String value) {
    if (name.startsWith(OAuth2.PARAMETER_PREFIX)) {
      root.withObjectProperty(PARAMETERS)
          .put(name.substring(OAuth2.PARAMETER_PREFIX.length()), value);
    } else {
      root.put(name, value);
    }
  }

  private static String plain(Object value) {
    return value instanceof Password secret ? secret.value() : value.toString();
  }

  private static void flatten(
      String name, JsonNode value, Map<String, String> fields, List<Problem> problems) {
    if (value.isNull()) {
      return;
    }
    if (name.equals(PARAMETERS)) {
      if (value.isObject()) {
        value
            .properties()
            .forEach(
                field ->
                    text(
                        OAuth2.PARAMETER_PREFIX + field.getKey(),
                        field.getValue(),
                        fields,
                        problems));
      } else {
        problems.add(new Problem(name, "must be an object"));
      }
    } else if (name.equals(Identity.SIGNING_SECRETS)) {
      if (isTexts(value)) {
        List<String> texts = new ArrayList<>();
        value.forEach(item -> texts.add(item.textValue()));
        fields.put(name, String.join(" ", texts));
      } else {
        problems.add(new Problem(name, "must be an array of texts that are not empty"));
      }
    } else {
      text(name, value, fields, problems);
    }
  }

  private static boolean isTexts(JsonNode value) {
    if (!value.isArray() || value.isEmpty()) {
      return false;
    }
    for (JsonNode item : value) {
      if (!item.isTextual() || item.textValue().isBlank()) {
        return false;
      }
    }
    return true;
  }

  private static void text(
      String name, JsonNode value, Map<String, String> fields, List<Problem> problems) {
    if (value.isTextual()) {
      fields.put(name, value.textValue());
    } else {
      problems.add(new Problem(name, "must be a text"));
    }
  }

  private static InvalidIdentityException invalid(String reason) {
    return new InvalidIdentityException(List.of(new Problem("identity", reason)));
  }
}
