package io.millrace.emitter.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.emitter.Events;
import io.millrace.emitter.lane.Emitter;
import io.millrace.emitter.lane.Outcome;
import io.millrace.model.emitter.EmitterType;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;

class ConsoleEmitterTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final List<String> logged = new ArrayList<>();
  private final ConsoleOutlet outlet =
      new ConsoleOutlet(
          new PrintStream(out, true, StandardCharsets.UTF_8),
          new PrintStream(err, true, StandardCharsets.UTF_8),
          this::logger);

  @Test
  void writesALineToStandardOutput() {
    emit(Map.of());
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("{\"specversion\":\"1.0\"")
        .endsWith("}" + System.lineSeparator());
    assertThat(err.size()).isZero();
  }

  @Test
  void writesToStandardErrorLaidOutForPeople() {
    emit(Map.of("output", "err", "prettyPrint", true));
    assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSizeGreaterThan(5);
    assertThat(out.size()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"SEVERE, error", "WARNING, warn", "INFO, info", "FINE, debug"})
  void logsAtTheLevelUnderPrefixAndType(String level, String method) {
    emit(Map.of("output", "log", "level", level, "logPrefix", "shop."));
    assertThat(logged).containsExactly(method + " shop.OrderPlaced");
  }

  @Test
  void doesNotMakeALoggerForEveryTypeThatAPublisherThinksOf() {
    Emitter emitter = outlet.open(Events.spec(EmitterType.CONSOLE, Map.of("output", "log")));
    for (int i = 0; i < 2_000; i++) {
      emitter.emit(Events.emissions(Events.builder("1").withType("type-" + i).build()));
    }
    assertThat(logged).hasSize(2_000);
    assertThat(Set.copyOf(logged)).hasSizeLessThan(1_100).contains("info event.");
  }

  @Test
  void keepsLineBreaksOutOfLoggerNames() {
    Emitter emitter = outlet.open(Events.spec(EmitterType.CONSOLE, Map.of("output", "log")));
    emitter.emit(Events.emissions(Events.builder("1").withType("a\nERROR forged").build()));
    assertThat(logged).containsExactly("info event.a_ERROR forged");
  }

  private void emit(Map<String, ?> parameters) {
    Emitter emitter = outlet.open(Events.spec(EmitterType.CONSOLE, parameters));
    assertThat(
            emitter
                .emit(Events.emissions(Events.event("1", "{\"a\": 1}")))
                .toCompletableFuture()
                .join())
        .isEqualTo(Outcome.DELIVERED);
  }

  private Logger logger(String name) {
    return (Logger)
        Proxy.newProxyInstance(
            Logger.class.getClassLoader(),
            new Class<?>[] {Logger.class},
            (proxy, method, arguments) -> {
              logged.add(method.getName() + " " + name);
              return null;
            });
  }
}
