package io.millrace.model.emitter;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a Power BI emitter is told. Source: Trisotech DES, Power BI emitter; Power BI push datasets.
 *
 * @param id of the dataset
 * @param schema name of the dataset, for people: rows are addressed by its id
 * @param name of the table
 * @param group the workspace of the dataset; absent for the client's own
 * @param columns how an event becomes a row; at least one
 */
public record PowerBiParameters(
    String id, String schema, String name, @Nullable String group, List<PowerBiColumn> columns)
    implements EmitterParameters {

  public PowerBiParameters {
    columns = List.copyOf(columns);
  }

  static PowerBiParameters read(ParameterReader reader) throws InvalidDefinitionException {
    PowerBiParameters parameters =
        new PowerBiParameters(
            reader.requiredText("id"),
            reader.requiredText("schema"),
            reader.requiredText("name"),
            reader.text("group"),
            PowerBiColumn.read(reader));
    reader.finish();
    return parameters;
  }

  @Override
  public EmitterType type() {
    return EmitterType.POWER_BI;
  }

  @Override
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("id", id);
    map.put("schema", schema);
    map.put("name", name);
    if (group != null) {
      map.put("group", group);
    }
    map.put("columns", columns.stream().map(PowerBiColumn::toMap).toList());
    return map;
  }
}
