package io.millrace.emitter.task;

import io.cloudevents.CloudEvent;
import io.millrace.filter.EventMatcher;
import io.millrace.filter.InvalidFilterException;
import io.millrace.model.emitter.EventFilter;
import io.millrace.model.emitter.Resume;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which of the events that are older than a replay's request it is for. */
record ReplayFilter(long requested, Predicate<CloudEvent> matches) {

  static final ReplayFilter NONE = new ReplayFilter(Long.MIN_VALUE, event -> true);

  private static final Logger LOG = LoggerFactory.getLogger(ReplayFilter.class);

  /** A filter that cannot be understood lets nothing old pass. */
  static ReplayFilter of(@Nullable Resume resume, TopicPartition partition) {
    if (resume == null || resume.filter() == null) {
      return NONE;
    }
    long requested = resume.requested().toEpochMilli();
    try {
      EventMatcher matcher =
          EventMatcher.compile(new EventFilter(List.of(), Set.of(), resume.filter()));
      return new ReplayFilter(requested, matcher::matches);
    } catch (InvalidFilterException e) {
      LOG.warn("{} passes over all old events, the filter is wrong: {}", partition, e.getMessage());
      return new ReplayFilter(requested, event -> false);
    }
  }

  /** Records without a time count as old. */
  boolean wants(SinkRecord record, CloudEvent event) {
    Long time = record.timestamp();
    boolean old = time == null || time < requested;
    return !old || matches.test(event);
  }
}
