package io.millrace.gateway.control.folder;

import io.millrace.model.emitter.EmitterDefinition;
import java.util.Map;

/**
 * What a folder of system emitters says.
 *
 * @param emitters by id, from the files that are in order
 * @param broken why a file cannot be used, by file name
 */
public record FolderContent(Map<String, EmitterDefinition> emitters, Map<String, String> broken) {

  public FolderContent {
    emitters = Map.copyOf(emitters);
    broken = Map.copyOf(broken);
  }

  /** Whether there is a file for that emitter which cannot be used. */
  public boolean isBroken(String emitterId) {
    return broken.containsKey(emitterId + EmitterFiles.SUFFIX);
  }
}
