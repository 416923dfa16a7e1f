package io.millrace.gateway.foundry.socket;

import io.cloudevents.CloudEvent;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.event.Extensions;
import io.millrace.model.event.TopicPath;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The topics of one kind that a client is subscribed to; a parent takes in its children. */
final class Topics {

  private final Set<TopicPath> paths;

  Topics(Collection<TopicPath> paths) {
    this.paths = Set.copyOf(paths);
  }

  Set<TopicPath> paths() {
    return paths;
  }

  /** These and more. */
  Topics with(Collection<TopicPath> more) {
    Set<TopicPath> all = new LinkedHashSet<>(paths);
    all.addAll(more);
    return new Topics(all);
  }

  /** These but for some. */
  Topics without(Collection<TopicPath> less) {
    return new Topics(paths.stream().filter(path -> !less.contains(path)).toList());
  }

  /** Those of them that are among others. */
  Topics only(Collection<TopicPath> others) {
    return new Topics(paths.stream().filter(others::contains).toList());
  }

  /** Whether an event is of one of them. */
  boolean covers(CloudEvent event) {
    Optional<TopicPath> topic = topic(event);
    return topic.isPresent() && paths.stream().anyMatch(path -> path.contains(topic.get()));
  }

  /** What clients want by them, one filter a topic, so that those with the same one share it. */
  List<EventFilter> filters() {
    return paths.stream().map(path -> new EventFilter(List.of(path), Set.of(), null)).toList();
  }

  private static Optional<TopicPath> topic(CloudEvent event) {
    Object written = event.getExtension(Extensions.TOPIC_PATH);
    try {
      return Optional.ofNullable(written).map(text -> TopicPath.parse(text.toString()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
