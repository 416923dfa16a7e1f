package io.millrace.gateway.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

  /** What changes when the catalogue does; null if nothing is there. */
  static @Nullable String look(Path path) {
    try {
      if (!Files.isDirectory(path)) {
        return lookAt(path);
      }
      List<String> looks = new ArrayList<>();
      for (Path file : files(path)) {
        looks.add(file.getFileName() + "=" + lookAt(file));
      }
      return String.join(" ", looks);
    } catch (IOException e) {
      return null;
    }
  }

  private static String lookAt(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return attributes.lastModifiedTime() + "/" + attributes.size() + "/" + attributes.fileKey();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
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
