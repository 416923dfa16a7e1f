package io.millrace.filter.topic;

import io.millrace.model.event.TopicPath;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What lies at topics, found for an event's topic and for every one above it. The tree is kept as
 * one table of the topics' full texts: each level of an event's topic, if any topic ends at it, is
 * one look-up, however many topics there are, and a topic costs memory only if something lies
 * there. Safe for use by several readers, who never wait, and one writer; a change of one topic is
 * seen at once.
 *
 * @param <V> what lies at a topic
 */
public final class TopicTree<V> {

  private final Map<String, V> byTopic = new ConcurrentHashMap<>();
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
    String text = topic.toString();
    V former = byTopic.get(text);
    V changed = change.apply(former);
    if (changed == null) {
      byTopic.remove(text);
    } else if (changed != former) {
      byTopic.put(text, changed);
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
    if (topic == null || wanted == 0 || !TopicText.isReadable(topic)) {
      return;
    }
    String path = topic.startsWith(TopicPath.SEPARATOR) ? topic.substring(1) : topic;
    int end = -1;
    do {
      int next = path.indexOf('/', end + 1);
      end = next < 0 ? path.length() : next;
      V here = (wanted & 1) == 0 ? null : byTopic.get(path.substring(0, end));
      if (here != null) {
        found.accept(here);
      }
      wanted >>>= 1;
    } while (end < path.length() && wanted != 0);
  }
}
