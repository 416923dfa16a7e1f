package io.millrace.filter.topic;

import io.millrace.filter.table.Fingerprint;
import io.millrace.filter.table.FingerprintTable;
import io.millrace.model.event.TopicPath;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What lies at topics, found for an event's topic and for every one above it. The tree is kept as
 * one table of the fingerprints of the topics' full texts: each level of an event's topic, if any
 * topic ends at it, is one look-up, however many topics there are, and a topic costs memory only if
 * something lies there. Safe for use by several readers, who never wait, and one writer; a change
 * of one topic is seen at once.
 *
 * @param <V> what lies at a topic
 */
public final class TopicTree<V> {

  private final FingerprintTable<V> byTopic = new FingerprintTable<>();
  private volatile @Nullable V everywhere;

  /** How many topics have a number of levels, and which numbers occur: bit 0 for one level. */
  private final int[] byDepth = new int[TopicPath.MAX_LEVELS];

  private volatile int depths;

  /**
   * Changes what lies at a topic.
   *
   * @param topic null for what is found for every event, also for those without a topic
   * @param change from what lies there to what shall, null for nothing
   */
  public void change(@Nullable TopicPath topic, UnaryOperator<@Nullable V> change) {
    if (topic == null) {
      everywhere = change.apply(everywhere);
      return;
    }
    Fingerprint key = Fingerprint.of(topic.toString());
    V former = byTopic.get(key);
    V changed = change.apply(former);
    if (changed != former) {
      byTopic.put(key, changed);
    }
    if ((changed == null) != (former == null)) {
      count(topic.levels().size() - 1, former == null ? 1 : -1);
    }
  }

  private void count(int depth, int more) {
    byDepth[depth] += more;
    depths = byDepth[depth] == 0 ? depths & ~(1 << depth) : depths | (1 << depth);
  }

  public boolean isEmpty() {
    return everywhere == null && byTopic.isEmpty();
  }

  /**
   * Hands out what lies at the topic and at every one above it, the highest first.
   *
   * @param topic as text; if it is null or no {@link TopicPath}, only what lies everywhere is found
   */
  public void find(@Nullable String topic, Consumer<? super V> found) {
    V all = everywhere;
    if (all != null) {
      found.accept(all);
    }
    int wanted = depths;
    if (topic != null && wanted != 0 && TopicText.isReadable(topic)) {
      find(topic, wanted, found);
    }
  }

  private void find(String topic, int depths, Consumer<? super V> found) {
    var path = new Fingerprint();
    int wanted = depths;
    int at = topic.startsWith(TopicPath.SEPARATOR) ? 1 : 0;
    do {
      boolean ends = at == topic.length();
      char next = ends ? '/' : topic.charAt(at);
      if (next == '/') {
        V here = (wanted & 1) == 0 ? null : byTopic.get(path);
        if (here != null) {
          found.accept(here);
        }
        wanted >>>= 1;
      }
      path.add(next);
      at++;
    } while (at <= topic.length() && wanted != 0);
  }
}
