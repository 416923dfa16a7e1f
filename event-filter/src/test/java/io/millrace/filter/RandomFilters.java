package io.millrace.filter;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.emitter.Selector;
import io.millrace.model.emitter.TenantDepth;
import io.millrace.model.emitter.TenantScope;
import io.millrace.model.emitter.TextPattern;
import io.millrace.model.event.TopicPath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Filters and events over few values, so that many of them meet, also at the bounds. */
final class RandomFilters {

  private static final List<String> TYPES = List.of("order", "order.gone", "user");
  private static final List<String> PATHS =
      List.of(
          "a",
          "b",
          "data.a",
          "c.d",
          "data.c.d",
          "s",
          "event.type",
          "event.subject",
          "event.n",
          "event",
          "data",
          "l.p",
          "event.time",
          "c.d.e",
          "missing");
  private static final List<String> NUMBERS =
      List.of(
          "0",
          "1",
          "2",
          "2.0",
          "2.5",
          "3",
          "-1",
          "-2.50",
          "1000",
          "0.1",
          "1000000000000000",
          "-999999999999999.0");
  private static final List<String> STRINGS =
      List.of("", "x", "xy", "xyz", "order", "order.gone", "orders/7", "2", "true", "#1");

  private static final List<String> TENANTS = List.of("top", "middle", "low", "other");

  /** Of which {@code low} is below {@code middle}, and that below {@code top}. */
  static final Tenants TREE =
      (scope, tenant) -> {
        int above = TENANTS.indexOf(scope.tenant());
        int at = TENANTS.indexOf(tenant);
        int steps = at == 3 || above == 3 ? (at == above ? 0 : -1) : at - above;
        return switch (scope.depth()) {
          case CURRENT -> steps == 0;
          case DIRECT -> steps == 0 || steps == 1;
          case ALL -> steps >= 0;
        };
      };

  private final Random random;

  RandomFilters(long seed) {
    this.random = new Random(seed);
  }

  EventFilter filter() {
    List<TopicPath> topics =
        IntStream.range(0, Math.max(0, random.nextInt(5) - 2))
            .mapToObj(i -> TopicPath.parse(topic()))
            .toList();
    Set<String> messages =
        IntStream.range(0, Math.max(0, random.nextInt(5) - 2))
            .mapToObj(i -> one(TYPES))
            .collect(Collectors.toSet());
    String expression = random.nextInt(8) == 0 ? null : expression(0);
    return random.nextInt(3) == 0
        ? new EventFilter(topics, Set.of(), random.nextBoolean() ? null : expression, selector())
        : new EventFilter(topics, messages, expression);
  }

  private Selector selector() {
    TenantScope tenants =
        random.nextInt(3) == 0
            ? null
            : new TenantScope(one(TENANTS), one(List.of(TenantDepth.values())));
    return new Selector(
        patterns(List.of("order", "order*", "order.gone", "*", "u*", "user.*", "or*", "x")),
        patterns(List.of("task", "task*", "t*", "tenant", "*")),
        tenants,
        random.nextInt(3) > 0
            ? null
            : one(List.of("event.data.a == 1", "has(event.subject_type)", "event.data.s != 'x'")));
  }

  private Set<TextPattern> patterns(List<String> texts) {
    return IntStream.range(0, Math.max(0, random.nextInt(7) - 2))
        .mapToObj(i -> new TextPattern(one(texts)))
        .collect(Collectors.toSet());
  }

  CloudEvent event() {
    CloudEventBuilder event = Events.base(one(TYPES)).withExtension("n", random.nextInt(4));
    if (random.nextInt(6) > 0) {
      event.withExtension("topicpath", topic());
    }
    if (random.nextInt(6) > 0) {
      event.withExtension("tenantid", one(TENANTS));
    }
    if (random.nextInt(3) > 0) {
      event.withExtension("subjecttype", one(List.of("task", "task.sub", "tenant")));
    }
    if (random.nextInt(10) > 0) {
      event.withData("application/json", data().getBytes(StandardCharsets.UTF_8));
    }
    return event.build();
  }

  private String topic() {
    return IntStream.rangeClosed(0, random.nextInt(3))
        .mapToObj(i -> one(List.of("p", "q")))
        .collect(Collectors.joining("/"));
  }

  private String data() {
    return switch (random.nextInt(20)) {
      case 0 -> "[1]";
      case 1 -> "{broken";
      case 2 -> "\"x\"";
      default -> "{" + fields() + "}";
    };
  }

  private String fields() {
    String fields =
        "\"a\": %s, \"b\": %s, \"s\": \"%s\", \"c\": {\"d\": %s}, \"l\": [{\"p\": %s}]"
            .formatted(value(), one(NUMBERS), one(STRINGS), value(), value());
    if (random.nextInt(8) == 0) {
      fields += ", \"event\": {\"type\": %s}".formatted(value());
    }
    return random.nextInt(8) == 0 ? fields + ", \"data\": {\"a\": " + value() + "}" : fields;
  }

  private String value() {
    return switch (random.nextInt(12)) {
      case 0 -> "null";
      case 1 -> "true";
      case 2 -> "[" + one(NUMBERS) + "]";
      case 3 -> "[[" + one(NUMBERS) + "]]";
      case 4 -> "[1, 2]";
      case 5 -> "[]";
      case 6 -> "{\"d\": 1}";
      case 7 -> "[\"" + one(STRINGS) + "\"]";
      case 8, 9 -> "\"" + one(STRINGS) + "\"";
      default -> one(NUMBERS);
    };
  }

  private String expression(int depth) {
    return switch (random.nextInt(depth > 2 ? 6 : 12)) {
      case 0, 1, 2, 3, 4 -> comparison();
      case 5 -> unindexed();
      case 6, 7, 8, 9 -> expression(depth + 1) + " and " + expression(depth + 1);
      default -> "(" + expression(depth + 1) + " or " + expression(depth + 1) + ")";
    };
  }

  private String comparison() {
    String path = one(PATHS);
    return switch (random.nextInt(12)) {
      case 0 -> path + " = \"" + one(STRINGS) + "\"";
      case 1 -> path + " = " + one(NUMBERS);
      case 2 -> path + " = " + one(List.of("true", "false"));
      case 3 -> path + " in (" + one(NUMBERS) + ", \"" + one(STRINGS) + "\", true)";
      case 4 -> path + " in [" + one(NUMBERS) + ", " + one(NUMBERS) + "]";
      case 5 -> path + " between " + one(NUMBERS) + " and " + one(NUMBERS);
      case 6 -> path + " in " + one(List.of("[", "(")) + range() + one(List.of("]", ")"));
      case 7 -> "starts with(s, \"" + one(STRINGS) + "\")";
      case 8 -> one(NUMBERS) + one(List.of(" < ", " <= ", " > ", " >= ", " = ")) + path;
      case 9 -> path + " in ([" + range() + "], " + one(NUMBERS) + ")";
      default -> path + one(List.of(" < ", " <= ", " > ", " >= ")) + one(NUMBERS);
    };
  }

  private String range() {
    return one(List.of("-1", "0", "1")) + ".." + one(List.of("1", "2", "2.5", "3"));
  }

  private String unindexed() {
    return one(
        List.of(
            "not(a = 1)",
            "a + b > 3",
            "string length(s) > 1",
            "s != \"x\"",
            "a != 2",
            "contains(s, \"y\")",
            "a",
            "true",
            "c.d = null",
            "if b > 1 then true else null",
            "l[1].p = 1",
            "s > \"order\"",
            "a in (1, null)",
            "b = a",
            "false or null"));
  }

  private <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  @Nullable EventFilter filterOrNone() {
    return random.nextInt(3) == 0 ? null : filter();
  }
}
