package io.millrace.benchmarks.matching;

import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.TopicPath;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * A topic, a type and {@code data.amount > N}: up to 1,000 pairs of topic and type, each with 10 to
 * 1,000 thresholds, of which an event exceeds five on average.
 */
final class TopicTypeThreshold implements Workload {

  private static final int TYPES = 10;
  private static final int STEP = 20;

  @Override
  public EventFilter filter(int index, int filters) {
    int group = index % groups(filters);
    List<TopicPath> topics = List.of(TopicPath.parse(TopicsOnly.topic(group / TYPES)));
    return new EventFilter(topics, Set.of(type(group)), "data.amount > " + bound(index, filters));
  }

  @Override
  public String rule(int index, int filters) {
    int group = index % groups(filters);
    return "{\"topics\":[\"%s\"],\"type\":[\"%s\"],\"data\":{\"amount\":[{\"numeric\":[\">\",%s]}]}}"
        .formatted(TopicsOnly.topic(group / TYPES), type(group), bound(index, filters));
  }

  @Override
  public Sample event(Random random, int filters) {
    int group = random.nextInt(groups(filters));
    String data =
        "{\"amount\":%d,\"currency\":\"EUR\",\"account\":{\"id\":\"A-%d\",\"country\":\"DE\"}}"
            .formatted(1 + random.nextInt(10 * STEP), random.nextInt(1000));
    return Sample.of(TopicsOnly.topic(group / TYPES) + "/unit-1", type(group), data);
  }

  private static int groups(int filters) {
    return Math.min(1000, filters / 10);
  }

  private static String type(int group) {
    return "type-" + group % TYPES;
  }

  // Digits after the point, so that no two filters have the same text.
  private static String bound(int index, int filters) {
    return index / groups(filters) * STEP + ".0" + (100_000 + index % groups(filters));
  }
}
