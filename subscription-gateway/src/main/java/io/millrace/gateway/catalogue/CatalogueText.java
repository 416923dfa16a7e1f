package io.millrace.gateway.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A catalogue as it is written: one file, or a folder whose files that end in {@code .yaml}, {@code
 * .yml} or {@code .json} are one catalogue together. Hidden files and folders within it are left
 * out.
 *
 * @param files texts by the file's name; the name is empty where there is but one
 */
record CatalogueText(String name, Map<String, byte[]> files) {

  static CatalogueText of(String name, byte[] text) {
    return new CatalogueText(name, Map.of("", text));
  }

  static CatalogueText read(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return of(path.toString(), Files.readAllBytes(path));
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (Path file : files(path)) {
      files.put(file.getFileName().toString(), Files.readAllBytes(file));
    }
    return new CatalogueText(path.toString(), files);
  }

  /** The files that a path stands for. */
  static List<Path> files(Path path) throws IOException {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(CatalogueText::isPart).sorted().toList();
    }
  }

  private static boolean isPart(Path file) {
    String name = file.getFileName().toString();
    return !name.startsWith(".")
        && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"))
        && Files.isRegularFile(file);
  }
}
