package io.millrace.benchmarks.feel;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.filter.event.EventView;
import io.millrace.filter.event.UnreadableDataException;
import io.millrace.filter.feel.FeelExpression;
import io.millrace.filter.feel.InvalidExpressionException;
import io.millrace.filter.feel.Outcome;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One filter on one event whose data is parsed already: Millrace's closures, a lambda that a
 * careful hand wrote for this very question, and the engine's interpreter without any guard.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@SuppressWarnings("NullAway.Init") // By JMH and in the set-up.
public class FeelWork {

  @Param private Question question;

  private final EventView event = new EventView(event());
  private FeelExpression closures;
  private Predicate<EventView> lambda;
  private BareEngine engine;

  /** Prepares all three, which must agree. */
  @Setup
  public void compile() throws InvalidExpressionException, UnreadableDataException {
    closures = FeelExpression.compile(question.text());
    lambda = question.lambda();
    engine = new BareEngine(question.text(), event);
    if (!closures() || !lambda() || !engine()) {
      throw new IllegalStateException("they do not agree on " + question);
    }
  }

  @Benchmark
  public boolean closures() {
    return closures.evaluate(event) == Outcome.TRUE;
  }

  @Benchmark
  public boolean lambda() {
    return lambda.test(event);
  }

  @Benchmark
  public boolean engine() {
    return engine.matches();
  }

  private static CloudEvent event() {
    return CloudEventBuilder.v1()
        .withId("7f1c1c4e-5c7c-4a51-9b7c-6b6d8d9f0a11")
        .withSource(URI.create("shop"))
        .withType("order.created")
        .withSubject("order-1")
        .withTime(OffsetDateTime.parse("2026-11-21T10:00:00Z"))
        .withData(
            "application/json",
            """
            {"amount": 150, "currency": "EUR", "status": "open", "region": "eu-west", "vip": true,
             "due": "2026-12-01", "ordered": "2026-11-20", "customer": {"name": "Ann"},
             "items": [{"sku": "a", "price": 5, "quantity": 1}, {"sku": "b", "price": 20,
             "quantity": 2}, {"sku": "c", "price": 70, "quantity": 1}]}
            """
                .getBytes(UTF_8))
        .build();
  }
}
