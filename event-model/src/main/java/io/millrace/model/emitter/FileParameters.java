package io.millrace.model.emitter;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a File emitter is told. Source: Trisotech DES, File emitter.
 *
 * @param path the file, or with {@code rolling} what the daily files are named after
 * @param rolling a file a day: {@code everything.log} becomes {@code everything-2026-01-31.log}
 * @param prettyPrint whether JSON is laid out for people
 */
public record FileParameters(
    Path path, boolean rolling, boolean prettyPrint, EventOverrides overrides)
    implements EmitterParameters {

  static FileParameters read(ParameterReader reader) throws InvalidDefinitionException {
    FileParameters parameters =
        new FileParameters(
            path(reader),
            reader.flag("rolling"),
            reader.flag("prettyPrint"),
            EventOverrides.read(reader));
    reader.finish();
    return parameters;
  }

  private static Path path(ParameterReader reader) {
    String text = reader.requiredText("path");
    try {
      Path path = Path.of(text);
      if (!text.isEmpty() && path.getFileName() == null) {
        reader.problem("path", "must name a file");
      }
      return path;
    } catch (InvalidPathException e) {
      reader.problem("path", "must be a path: " + e.getReason());
      return Path.of("");
    }
  }

  @Override
  public EmitterType type() {
    return EmitterType.FILE;
  }

  @Override
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("path", path.toString());
    map.put("rolling", rolling);
    map.put("prettyPrint", prettyPrint);
    overrides.write(map);
    return map;
  }
}
