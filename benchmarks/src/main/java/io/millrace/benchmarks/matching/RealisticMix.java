package io.millrace.benchmarks.matching;

import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.TopicPath;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Customers of twenty filters each: topics, types, equality, lists, ranges, prefixes, a
 * disjunction, and one in twenty that cannot be indexed but for its topic or its equality. A
 * customer's event matches some five of the twenty.
 */
final class RealisticMix implements Workload {

  private static final int EACH = 20;

  @Override
  public EventFilter filter(int index, int filters) {
    int c = index / EACH;
    int kind = kind(index, filters);
    String tenant = "tenant = \"t-" + c + "\"";
    int step = 100 * (kind % 10 + 1);
    return switch (kind) {
      case 0 -> onTopic(c, Set.of(), null);
      case 1 -> onTopic(c, Set.of("order.created"), null);
      case 2 -> onTopic(c, Set.of("order.gone", "order.lost"), null);
      case 3 -> onTopic(c, Set.of("order.created"), "amount > " + (500 + c % 400));
      case 4, 5 -> onTopic(c, Set.of(), "status = \"" + status(kind) + "\" and amount > " + step);
      case 6, 7, 8 -> anywhere(tenant + " and amount > " + step);
      case 9, 10 -> anywhere(tenant + " and amount between " + step + " and " + (step + 100));
      case 11 -> anywhere("customer.id in (\"a-%d\", \"b-%d\", \"c-%d\")".formatted(c, c, c));
      case 12, 13 -> anywhere("customer.id = \"" + letter(kind) + "-" + c + "\" and priority = 1");
      case 14 -> anywhere("starts with(reference, \"R-" + c + "-\")");
      case 15 -> anywhere("starts with(reference, \"R-" + c + "-7\") and status = \"open\"");
      case 16 -> anywhere(tenant + " and (amount > 990 or status = \"lost\")");
      case 17 ->
          anywhere("event.type = \"order.created\" and " + tenant + " and priority in (1, 2)");
      case 18 -> anywhere(tenant + " and customer.country = \"FR\" and amount < " + step);
      default ->
          c % 2 == 0
              ? onTopic(c, Set.of(), "some item in items satisfies item.quantity > " + c % 5)
              : anywhere(tenant + " and amount * count(items) > 5000");
    };
  }

  @Override
  public @Nullable String rule(int index, int filters) {
    int c = index / EACH;
    int kind = kind(index, filters);
    String topic = "\"topics\":[\"" + TopicsOnly.topic(c) + "\"]";
    String tenant = "\"tenant\":[\"t-" + c + "\"]";
    int step = 100 * (kind % 10 + 1);
    return switch (kind) {
      case 0 -> "{" + topic + "}";
      case 1 -> "{" + topic + ",\"type\":[\"order.created\"]}";
      case 2 -> "{" + topic + ",\"type\":[\"order.gone\",\"order.lost\"]}";
      case 3 -> "{" + topic + ",\"type\":[\"order.created\"]," + data(above(500 + c % 400)) + "}";
      case 4, 5 ->
          "{" + topic + "," + data("\"status\":[\"" + status(kind) + "\"]," + above(step)) + "}";
      case 6, 7, 8 -> "{" + data(tenant + "," + above(step)) + "}";
      case 9, 10 ->
          "{"
              + data(
                  tenant
                      + ",\"amount\":[{\"numeric\":[\">=\",%d,\"<=\",%d]}]"
                          .formatted(step, step + 100))
              + "}";
      case 11 ->
          "{" + data("\"customer\":{\"id\":[\"a-%d\",\"b-%d\",\"c-%d\"]}".formatted(c, c, c)) + "}";
      case 12, 13 ->
          "{"
              + data(
                  "\"customer\":{\"id\":[\"%s-%d\"]},\"priority\":[1]".formatted(letter(kind), c))
              + "}";
      case 14 -> "{" + data("\"reference\":[{\"prefix\":\"R-" + c + "-\"}]") + "}";
      case 15 ->
          "{" + data("\"reference\":[{\"prefix\":\"R-" + c + "-7\"}],\"status\":[\"open\"]") + "}";
      case 16 ->
          "{" + data(tenant + ",\"$or\":[{" + above(990) + "},{\"status\":[\"lost\"]}]") + "}";
      case 17 -> "{\"type\":[\"order.created\"]," + data(tenant + ",\"priority\":[1,2]") + "}";
      case 18 ->
          "{"
              + data(
                  tenant
                      + ",\"customer\":{\"country\":[\"FR\"]},\"amount\":[{\"numeric\":[\"<\","
                      + step
                      + "]}]")
              + "}";
      default -> null;
    };
  }

  @Override
  public Sample event(Random random, int filters) {
    int c = random.nextInt(Math.max(1, filters / EACH));
    String data =
        """
        {"tenant":"t-%d","amount":%d,"currency":"EUR","status":"%s","priority":%d,\
        "reference":"R-%d-%d","customer":{"id":"%s-%d","name":"Ann Example","country":"%s"},\
        "items":[{"sku":"A-17","quantity":%d,"price":12.5},{"sku":"B-4","quantity":1,"price":99}]}"""
            .formatted(
                c,
                random.nextInt(1000),
                status(random.nextInt(8)),
                random.nextInt(5),
                c,
                random.nextInt(100),
                letter(random.nextInt(6)),
                c,
                random.nextInt(3) == 0 ? "FR" : "DE",
                random.nextInt(4));
    String type = random.nextInt(3) == 0 ? "order.gone" : "order.created";
    return Sample.of(TopicsOnly.topic(c) + "/unit-1", type, data);
  }

  // Of ten filters one is of the kind that cannot be indexed, too.
  private static int kind(int index, int filters) {
    return filters < EACH ? (2 * index + 1) % EACH : index % EACH;
  }

  private static EventFilter onTopic(int c, Set<String> types, @Nullable String expression) {
    return new EventFilter(List.of(TopicPath.parse(TopicsOnly.topic(c))), types, expression);
  }

  private static EventFilter anywhere(String expression) {
    return new EventFilter(List.of(), Set.of(), expression);
  }

  private static String status(int index) {
    return index % 4 == 0 ? "open" : index % 4 == 1 ? "paid" : index % 4 == 2 ? "sent" : "lost";
  }

  private static String letter(int index) {
    return Character.toString('a' + index % 6);
  }

  private static String data(String conditions) {
    return "\"data\":{" + conditions + "}";
  }

  private static String above(int bound) {
    return "\"amount\":[{\"numeric\":[\">\"," + bound + "]}]";
  }
}
