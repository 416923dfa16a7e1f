package io.millrace.emitter.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configuration;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.apache.logging.log4j.core.layout.PatternLayout;

/** Everything that some loggers say, at the finest level, as it would stand in a file. */
final class LogCapture extends AbstractAppender implements AutoCloseable {

  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final List<String> loggers;
  private final LoggerContext context = (LoggerContext) LogManager.getContext(false);

  private LogCapture(List<String> loggers) {
    super(
        "capture",
        null,
        PatternLayout.newBuilder().setPattern("%c %m%n%throwable").build(),
        false,
        Property.EMPTY_ARRAY);
    this.loggers = loggers;
  }

  static LogCapture begin(String... loggers) {
    LogCapture capture = new LogCapture(List.of(loggers));
    capture.start();
    Configuration configuration = capture.context.getConfiguration();
    for (String name : loggers) {
      LoggerConfig logger = new LoggerConfig(name, Level.TRACE, false);
      logger.addAppender(capture, Level.TRACE, null);
      configuration.addLogger(name, logger);
    }
    capture.context.updateLoggers();
    return capture;
  }

  void assertNever(String secret) {
    assertThat(lines).as("log").isNotEmpty();
    assertThat(lines.stream().filter(line -> line.contains(secret)).limit(3)).isEmpty();
  }

  @Override
  public void append(LogEvent event) {
    lines.add(String.valueOf(toSerializable(event)));
  }

  @Override
  public void close() {
    loggers.forEach(context.getConfiguration()::removeLogger);
    context.updateLoggers();
    stop();
  }
}
