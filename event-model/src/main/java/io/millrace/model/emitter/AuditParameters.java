package io.millrace.model.emitter;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an Audit emitter is told. Source: Trisotech DES, Audit emitter.
 *
 * @param prettyPrint whether a download as a JSON array is laid out for people
 */
public record AuditParameters(boolean prettyPrint) implements EmitterParameters {

  static AuditParameters read(ParameterReader reader) throws InvalidDefinitionException {
    AuditParameters parameters = new AuditParameters(reader.flag("prettyPrint"));
    reader.finish();
    return parameters;
  }

  @Override
  public EmitterType type() {
    return EmitterType.AUDIT;
  }

  @Override
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("prettyPrint", prettyPrint);
    return map;
  }
}
