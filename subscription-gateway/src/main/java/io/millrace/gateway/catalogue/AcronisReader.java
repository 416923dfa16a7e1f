package io.millrace.gateway.catalogue;

import io.millrace.gateway.catalogue.AcronisTopic.Consolidation;
import io.millrace.gateway.catalogue.AcronisTopic.Ordering;
import io.millrace.model.event.TopicPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the topics of Acronis's Event Manager, over the hierarchical ones. */
final class AcronisReader {

  private static final Set<String> FIELDS =
      Set.of(
          "id",
          "topic",
          "description",
          "persistency",
          "ordering",
          "producerConsolidation",
          "archiveConsolidation",
          "retention");

  private final Map<TopicPath, TopicEntry> topics;
  private final List<AcronisTopic> read = new ArrayList<>();
  private final Once ids = new Once();
  private final Map<String, String> idsByStream = new HashMap<>();

  AcronisReader(Map<TopicPath, TopicEntry> topics) {
    this.topics = topics;
  }

  void read(Section root) {
    root.each("acronis", FIELDS, this::topic);
  }

  List<AcronisTopic> all() {
    return List.copyOf(read);
  }

  private void topic(Section section) {
    String id = section.required("id");
    if (id != null && !Cti.isExact(id)) {
      section.problem("id", "must be a CTI such as cti.a.p.em.topic.v1.0~a.p.tenant.v1.0");
    }
    TopicPath path = section.parsed("topic", section.required("topic"), TopicPath::parse);
    TopicEntry topic = path == null ? null : topics.get(path);
    String stream = topic == null ? null : topic.stream();
    if (path != null && stream == null) {
      section.problem("topic", "must be one of the topics, and have a stream: " + path);
    }
    Retention retention =
        section.parsed(
            "retention",
            Objects.requireNonNullElse(section.text("retention"), Retention.INFINITE),
            Retention::new);
    String description = section.text("description");
    boolean persistency = section.flag("persistency", true);
    Ordering ordering = section.choice("ordering", Ordering.class, Ordering.EVENTMANAGER);
    Consolidation producer =
        section.choice("producerConsolidation", Consolidation.class, Consolidation.NONE);
    Consolidation archive =
        section.choice("archiveConsolidation", Consolidation.class, Consolidation.NONE);
    if (id == null || path == null || stream == null || retention == null) {
      return;
    }
    add(
        section,
        new AcronisTopic(
            id,
            path,
            stream,
            described(description, topic),
            persistency,
            ordering,
            producer,
            archive,
            retention));
  }

  private void add(Section section, AcronisTopic topic) {
    if (ids.first(section, "id", topic.id())) {
      read.add(topic);
    }
    // Else one topic's events would be the other's, and its offsets too.
    String other = idsByStream.put(topic.stream(), topic.id());
    if (other != null) {
      section.problem("topic", "is on the same stream as that of " + other);
    }
  }

  private static String described(@Nullable String own, @Nullable TopicEntry topic) {
    String inherited = topic == null ? null : topic.description();
    return Objects.requireNonNullElse(own, Objects.requireNonNullElse(inherited, ""));
  }
}
