package io.millrace.emitter.file;

import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.task.EmitterSpec;
import io.millrace.emitter.task.Outlet;
import io.millrace.model.emitter.FileParameters;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of one task; lanes that write the same file share it. */
final class FileOutlet implements Outlet {

  private static final Logger LOG = LoggerFactory.getLogger(FileOutlet.class);

  private final Clock clock;
  private final BaseFolder base;
  private final Map<Path, AppendedFile> plain = new HashMap<>();
  private final Map<Path, AppendedFile> rolling = new HashMap<>();

  /**
   * Opens nothing yet.
   *
   * @param clock its zone says when a day begins
   */
  FileOutlet(Clock clock, BaseFolder base) {
    this.clock = clock;
    this.base = base;
  }

  @Override
  public Emitter open(EmitterSpec spec) {
    FileParameters file = (FileParameters) spec.parameters();
    Path path = base.resolve(file.path());
    AppendedFile shared =
        file.rolling()
            ? rolling.computeIfAbsent(path, p -> new AppendedFile(new DailyPath(p, clock), base))
            : plain.computeIfAbsent(path, p -> new AppendedFile(() -> p, base));
    return new FileEmitter(file, shared);
  }

  @Override
  public void close() {
    plain.values().forEach(AppendedFile::close);
    rolling.values().forEach(AppendedFile::close);
    LOG.debug("Closed {} files", plain.size() + rolling.size());
  }
}
