package io.millrace.emitter.file;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.function.Supplier;

/**
 * A path with today's date before its suffix: {@code everything.log} is {@code
 * everything-2026-01-31.log}. Source: Trisotech DES, File emitter, {@code rolling}.
 *
 * @param clock its zone says when a day begins
 */
record DailyPath(Path path, Clock clock) implements Supplier<Path> {

  @Override
  public Path get() {
    String name = String.valueOf(path.getFileName());
    int dot = name.lastIndexOf('.');
    int end = dot > 0 ? dot : name.length();
    return path.resolveSibling(
        name.substring(0, end) + "-" + LocalDate.now(clock) + name.substring(end));
  }
}
