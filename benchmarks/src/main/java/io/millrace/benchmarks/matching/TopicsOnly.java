package io.millrace.benchmarks.matching;

import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.TopicPath;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Five filters at each of a fifth as many topics of three levels; events one level below. */
final class TopicsOnly implements Workload {

  private static final int AT_EACH = 5;

  @Override
  public EventFilter filter(int index, int filters) {
    return new EventFilter(List.of(TopicPath.parse(topic(index / AT_EACH))), Set.of(), null);
  }

  @Override
  public String rule(int index, int filters) {
    return "{\"topics\":[\"" + topic(index / AT_EACH) + "\"]}";
  }

  @Override
  public Sample event(Random random, int filters) {
    String topic = topic(random.nextInt(filters / AT_EACH)) + "/unit-" + random.nextInt(100);
    return Sample.of(topic, "reading", "{\"amount\":" + random.nextInt(1000) + "}");
  }

  @Override
  public boolean isTopicsOnly() {
    return true;
  }

  static String topic(int leaf) {
    return "region-" + leaf % 17 + "/site-" + leaf % 1009 + "/line-" + leaf;
  }
}
