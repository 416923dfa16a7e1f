package io.millrace.benchmarks.matching;

import io.cloudevents.CloudEvent;
import io.millrace.filter.EventMatcher;
import io.millrace.filter.FilterIndex;
import io.millrace.model.event.Extensions;
import io.moquette.broker.ISubscriptionsRepository;
import io.moquette.broker.subscriptions.CTrieSubscriptionDirectory;
import io.moquette.broker.subscriptions.Subscription;
import io.moquette.broker.subscriptions.Topic;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.util.ArrayList;
import java.util.Arrays;
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
  ARRAY("bare array", Integer.MAX_VALUE) {
    @Override
    Contender create() {
      return new Places(new ArrayList<>());
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

  /** An array whose places the topics name: the least that memory and an event's reading cost. */
  private record Places(List<String[]> byTopic) implements Contender {

    @Override
    public void add(int at, Workload workload, int filters) {
      String topic = workload.filter(at, filters).topics().get(0).toString();
      int place = place(topic, topic.length());
      while (byTopic.size() <= place) {
        byTopic.add(new String[0]);
      }
      String[] more = Arrays.copyOf(byTopic.get(place), byTopic.get(place).length + 1);
      more[more.length - 1] = "emitter-" + at;
      byTopic.set(place, more);
    }

    @Override
    public int match(Sample sample) {
      Object text = sample.event().getExtension(Extensions.TOPIC_PATH);
      if (!(text instanceof String topic)) {
        return 0;
      }
      List<String> matches = new ArrayList<>();
      for (String one : byTopic.get(place(topic, topic.lastIndexOf('/')))) {
        matches.add(one);
      }
      return matches.size();
    }

    // The number at the end of the third level is the topic's own.
    private static int place(String topic, int end) {
      return Integer.parseInt(topic, topic.lastIndexOf('-', end - 1) + 1, end, 10);
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
