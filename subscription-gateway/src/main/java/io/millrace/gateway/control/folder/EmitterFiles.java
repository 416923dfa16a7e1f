package io.millrace.gateway.control.folder;

import io.millrace.filter.EventMatcher;
import io.millrace.filter.InvalidFilterException;
import io.millrace.filter.ParameterExpressions;
import io.millrace.model.emitter.Activation;
import io.millrace.model.emitter.DefinitionJson;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.InvalidDefinitionException;
import io.millrace.model.emitter.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which entries of a folder are emitter files, and what is in them.
 *
 * <p>An emitter file ends in {@code .json} and does not begin with a dot: editors keep their swap
 * files there, and Kubernetes the folders behind a mounted ConfigMap. It is a regular file or a
 * link to one, since that is how a ConfigMap is mounted. Folders are no emitter files, whatever
 * their name, and are not looked into.
 */
final class EmitterFiles {

  static final String SUFFIX = ".json";
  static final int MAX_BYTES = 1 << 20;

  private final Path folder;

  EmitterFiles(Path folder) {
    this.folder = folder;
  }

  /** What an emitter file holds: its bytes, or why they cannot be had. */
  record Raw(ByteBuffer bytes, @Nullable String failure) {

    static Raw of(byte[] bytes) {
      return new Raw(ByteBuffer.wrap(bytes), null);
    }

    static Raw failed(String reason) {
      return new Raw(ByteBuffer.allocate(0), reason);
    }
  }

  /** All emitter files by name. Fails when the folder itself cannot be read. */
  Map<String, Raw> read() throws IOException {
    Map<String, Raw> files = new LinkedHashMap<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, EmitterFiles::isNamed)) {
      for (Path entry : entries) {
        if (!Files.isDirectory(entry)) {
          readFile(entry, files);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return files;
  }

  /** The definition in a file, which is of a system emitter. */
  EmitterDefinition parse(String fileName, Raw raw) throws InvalidDefinitionException {
    if (raw.failure() != null) {
      throw new InvalidDefinitionException(List.of(new Problem("file", raw.failure())));
    }
    EmitterDefinition definition = DefinitionJson.read(id(fileName), raw.bytes().array());
    if (definition.owner() != null) {
      throw new InvalidDefinitionException(
          List.of(new Problem("owner", "must be left out: a system emitter has none")));
    }
    if (!definition.activation().equals(Activation.INITIAL)) {
      throw new InvalidDefinitionException(
          List.of(new Problem("activation", "must be left out: it is switched over REST")));
    }
    try {
      EventMatcher.compile(definition.filter());
    } catch (InvalidFilterException e) {
      throw new InvalidDefinitionException(e.problems());
    }
    List<Problem> expressions = ParameterExpressions.problems(definition.parameters());
    if (!expressions.isEmpty()) {
      throw new InvalidDefinitionException(expressions);
    }
    return definition;
  }

  static String id(String fileName) {
    return fileName.substring(0, fileName.length() - SUFFIX.length());
  }

  private static boolean isNamed(Path entry) {
    String name = String.valueOf(entry.getFileName());
    return name.endsWith(SUFFIX) && !name.startsWith(".");
  }

  private static void readFile(Path file, Map<String, Raw> files) {
    String name = String.valueOf(file.getFileName());
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      files.put(name, Raw.failed("is not a regular file"));
      return; // Reading a pipe or a device might never end.
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      files.put(
          name, bytes.length > MAX_BYTES ? Raw.failed("is larger than 1 MiB") : Raw.of(bytes));
    } catch (NoSuchFileException e) {
      if (Files.isSymbolicLink(file)) {
        files.put(name, Raw.failed("is a link to a file that is not there"));
      } // Else it went while the folder was read.
    } catch (IOException e) {
      files.put(name, Raw.failed("cannot be read: " + e.getClass().getSimpleName()));
    }
  }
}
