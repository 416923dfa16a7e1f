package io.millrace.benchmarks.feel;

import io.millrace.filter.event.EventView;
import io.millrace.filter.event.UnreadableDataException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Eight filters as people write them, each with what one would write by hand for it. */
@SuppressWarnings("ImmutableEnumChecker") // The lambdas hold nothing.
public enum Question {
  TYPE_AND_AMOUNT(
      "event.type = \"order.created\" and amount > 100",
      event ->
          "order.created".equals(event.attributes().get("type"))
              && isAbove(field(event, "amount"), BigDecimal.valueOf(100))),
  IN_LIST(
      "currency in (\"EUR\", \"USD\", \"CHF\", \"GBP\")",
      event ->
          field(event, "currency") instanceof String text
              && Set.of("EUR", "USD", "CHF", "GBP").contains(text)),
  STARTS_WITH(
      "starts with(region, \"eu-\")",
      event -> field(event, "region") instanceof String text && text.startsWith("eu-")),
  SOME_SATISFIES(
      "some item in items satisfies item.price > 50",
      event ->
          field(event, "items") instanceof List<?> items
              && items.stream()
                  .anyMatch(item -> isAbove(step(item, "price"), BigDecimal.valueOf(50)))),
  DEEP_OR(
      "status = \"new\" or status = \"held\" or (amount > 1000 and vip) or (status = \"open\" and"
          + " (currency = \"USD\" or currency = \"EUR\"))",
      event -> {
        Object status = field(event, "status");
        Object currency = field(event, "currency");
        return "new".equals(status)
            || "held".equals(status)
            || (isAbove(field(event, "amount"), BigDecimal.valueOf(1000))
                && Boolean.TRUE.equals(field(event, "vip")))
            || ("open".equals(status) && ("USD".equals(currency) || "EUR".equals(currency)));
      }),
  COUNT_OF_FILTERED(
      "count(items[price > 10]) >= 2",
      event ->
          field(event, "items") instanceof List<?> items
              && items.stream().filter(item -> isAbove(step(item, "price"), BigDecimal.TEN)).count()
                  >= 2),
  DATE_ARITHMETIC(
      "date(due) - duration(\"P10D\") > date(ordered)",
      event ->
          field(event, "due") instanceof String due
              && field(event, "ordered") instanceof String ordered
              && LocalDate.parse(due).minusDays(10).isAfter(LocalDate.parse(ordered))),
  IF_THEN_ELSE(
      "if vip then amount > 100 else amount > 1000",
      event ->
          isAbove(
              field(event, "amount"),
              BigDecimal.valueOf(Boolean.TRUE.equals(field(event, "vip")) ? 100 : 1000)));

  private final String text;
  private final Predicate<EventView> lambda;

  Question(String text, Predicate<EventView> lambda) {
    this.text = text;
    this.lambda = lambda;
  }

  String text() {
    return text;
  }

  Predicate<EventView> lambda() {
    return lambda;
  }

  private static @Nullable Object field(EventView event, String name) {
    try {
      return step(event.data(), name);
    } catch (UnreadableDataException e) {
      return null;
    }
  }

  private static @Nullable Object step(@Nullable Object value, String name) {
    return value instanceof Map<?, ?> context ? context.get(name) : null;
  }

  private static boolean isAbove(@Nullable Object value, BigDecimal bound) {
    return value instanceof BigDecimal number && number.compareTo(bound) > 0;
  }
}
