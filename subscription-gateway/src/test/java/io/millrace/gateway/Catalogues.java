package io.millrace.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Catalogues of tests. */
final class Catalogues {

  private Catalogues() {}

  /** A file in which users may receive of these topics, and of no others. */
  static Path open(Path folder, String... topics) throws IOException {
    String open =
        List.of(topics).stream()
            .map(
                topic ->
                    "  - path: "
                        + topic
                        + "\n    security: {receive: {roles: [\"*\"], replaces: true}}\n")
            .collect(Collectors.joining());
    return Files.writeString(
        folder.resolve("catalogue.yaml"), "security: {receive: {roles: []}}\ntopics:\n" + open);
  }
}
