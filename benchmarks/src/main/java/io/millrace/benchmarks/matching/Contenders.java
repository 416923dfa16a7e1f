package io.millrace.benchmarks.matching;

import io.cloudevents.CloudEvent;
import io.millrace.filter.EventMatcher;
import io.millrace.filter.FilterIndex;
import io.moquette.broker.ISubscriptionsRepository;
import io.moquette.broker.subscriptions.CTrieSubscriptionDirectory;
import io.moquette.broker.subscriptions.Subscription;
import io.moquette.broker.subscriptions.Topic;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import software.amazon.event.ruler.Machine;

/** All who take part. */
enum Contenders {
  MILLRACE("Millrace", Integer.MAX_VALUE) {
    @Override
    Contender create() {
      return new Indexed(new FilterIndex<>());
    }
  },
  EVENT_RULER("event-ruler", 100_000) {
    @Override
    Contender create() {
      return new Ruler(Machine.builder().build());
    }
  },
  MOQUETTE("Moquette", Integer.MAX_VALUE) {
    @Override
    Contender create() {
      var directory = new CTrieSubscriptionDirectory();
      directory.init(new Forgetful());
      return new Trie(directory);
    }

    @Override
    boolean canSay(Workload workload) {
      return workload.isTopicsOnly();
    }
  },
  NAIVE("each filter", 1_000) {
    @Override
    Contender create() {
      return new Each(new ArrayList<>());
    }
  };

  final String title;
  final int most;

  Contenders(String title, int most) {
    this.title = title;
    this.most = most;
  }

  abstract Contender create();

  boolean canSay(Workload workload) {
    return true;
  }

  record Indexed(FilterIndex<String> index) implements Contender {

    @Override
    public void add(int at, Workload workload, int filters) throws Exception {
      index.put("emitter-" + at, workload.filter(at, filters));
    }

    @Override
    public int match(Sample sample) {
      return index.match(sample.event()).size();
    }
  }

  private record Ruler(Machine machine) implements Contender {

    @Override
    public void add(int at, Workload workload, int filters) throws Exception {
      String rule = workload.rule(at, filters);
      if (rule != null) {
        machine.addRule("emitter-" + at, rule);
      }
    }

    @Override
    public int match(Sample sample) throws Exception {
      return machine.rulesForJSONEvent(sample.json()).size();
    }
  }

  private record Trie(CTrieSubscriptionDirectory directory) implements Contender {

    @Override
    public void add(int at, Workload workload, int filters) {
      String topic = workload.filter(at, filters).topics().get(0) + "/#";
      directory.add(new Subscription("emitter-" + at, new Topic(topic), MqttQoS.AT_MOST_ONCE));
    }

    @Override
    public int match(Sample sample) {
      return directory.matchWithoutQosSharpening(new Topic(sample.topic())).size();
    }
  }

  private record Each(List<EventMatcher> matchers) implements Contender {

    @Override
    public void add(int at, Workload workload, int filters) throws Exception {
      matchers.add(EventMatcher.compile(workload.filter(at, filters)));
    }

    @Override
    public int match(Sample sample) {
      CloudEvent event = sample.event();
      int matches = 0;
      for (EventMatcher matcher : matchers) {
        if (matcher.matches(event)) {
          matches++;
        }
      }
      return matches;
    }
  }

  /** Moquette wants to store its subscriptions. */
  private static final class Forgetful implements ISubscriptionsRepository {

    @Override
    public Set<Subscription> listAllSubscriptions() {
      return Set.of();
    }

    @Override
    public void addNewSubscription(Subscription subscription) {}

    @Override
    public void removeSubscription(String topic, String clientId) {}
  }
}
