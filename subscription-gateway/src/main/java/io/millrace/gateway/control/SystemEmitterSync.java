package io.millrace.gateway.control;

import io.millrace.gateway.control.SystemEmitters.Changes;
import io.millrace.gateway.control.folder.FolderContent;
import io.millrace.gateway.control.folder.SystemEmitterFolder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes to Kafka what the folder of system emitters says. For use by one thread. */
final class SystemEmitterSync {

  private final @Nullable SystemEmitterFolder folder;
  private final SystemEmitters emitters;
  private final DefinitionWriter writer;
  private final DefinitionView definitions;

  /**
   * Does nothing yet.
   *
   * @param folder null leaves system emitters as they stand
   */
  SystemEmitterSync(
      @Nullable SystemEmitterFolder folder,
      SystemEmitters emitters,
      DefinitionWriter writer,
      DefinitionView definitions) {
    this.folder = folder;
    this.emitters = emitters;
    this.writer = writer;
    this.definitions = definitions;
  }

  /** Whether the folder, if there is one that can be read, has been. */
  boolean run() throws InterruptedException {
    if (folder == null) {
      return true;
    }
    Optional<FolderContent> content = folder.content();
    if (content.isEmpty()) {
      return folder.trouble().isPresent();
    }
    Changes changes = emitters.changes(content.get(), definitions);
    long unusedWrite = writer.write(changes.write());
    long unusedRemoval = writer.remove(changes.remove());
    emitters.done(changes);
    // The follower will tell the same; until then nothing must look as if it still had to be done.
    changes.write().forEach(each -> definitions.changed(each.id(), each));
    changes.remove().forEach(id -> definitions.changed(id, null));
    return true;
  }

  long remaining() {
    return emitters.remaining();
  }
}
