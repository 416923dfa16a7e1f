package io.millrace.gateway.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.millrace.model.emitter.TextPattern;
import io.millrace.model.event.ResourceName;
import io.millrace.model.event.TopicPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a catalogue, YAML or JSON, and tells everything that is wrong with it at once. */
final class CatalogueReader {

  private final List<CatalogueProblem> problems = new ArrayList<>();
  private final Map<String, StreamEntry> streams = new LinkedHashMap<>();
  private final Map<TopicPath, TopicEntry> topics = new LinkedHashMap<>();
  private final Map<String, MessageType> messages = new LinkedHashMap<>();

  private CatalogueReader() {}

  /**
   * Reads a whole file.
   *
   * @param name what the file is called in messages
   */
  static Catalogue read(String name, byte[] text) throws CatalogueException {
    CatalogueReader reader = new CatalogueReader();
    Catalogue catalogue = Catalogue.EMPTY;
    try {
      catalogue = reader.read(LocatedYaml.read(text));
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      reader.problems.add(
          new CatalogueProblem(line, "content", "is neither YAML nor JSON: " + first(e)));
    } catch (IOException e) {
      throw new CatalogueException(
          name, List.of(new CatalogueProblem(0, "file", "cannot be read: " + e.getMessage())));
    }
    if (!reader.problems.isEmpty()) {
      throw new CatalogueException(name, reader.problems);
    }
    return catalogue;
  }

  private Catalogue read(Located content) {
    Set<String> parts = Set.of("streams", "topics", "messages", "acronis", "tenants");
    Section root = Section.root(content, parts, problems);
    root.each("streams", Set.of("name", "description"), this::stream);
    root.each("topics", Set.of("path", "description", "stream"), this::topic);
    root.each(
        "messages",
        Set.of("type", "description", "topics", "subjectTypes", "subjectRefTemplate", "schema"),
        this::message);
    List<AcronisTopic> acronis = new AcronisReader(topics).read(root);
    TenantTree tenants = TenantReader.read(root);
    return new Catalogue(
        List.copyOf(streams.values()),
        List.copyOf(topics.values()),
        List.copyOf(messages.values()),
        acronis,
        tenants);
  }

  private void stream(Section section) {
    String name = section.required("name");
    String description = section.text("description");
    if (name != null && !ResourceName.isValid(name)) {
      section.problem("name", "has " + ResourceName.RULE);
    } else if (name != null && streams.put(name, new StreamEntry(name, description)) != null) {
      section.problem("name", "is there twice: " + name);
    }
  }

  private void topic(Section section) {
    TopicPath path = section.parsed("path", section.required("path"), TopicPath::parse);
    String description = section.text("description");
    String stream = section.text("stream");
    if (stream != null && !streams.containsKey(stream)) {
      section.problem("stream", "is none of the streams: " + stream);
    }
    if (path != null && topics.put(path, new TopicEntry(path, description, stream)) != null) {
      section.problem("path", "is there twice: " + path);
    }
  }

  private void message(Section section) {
    String type = section.required("type");
    String description = section.text("description");
    List<TopicPath> on = new ArrayList<>();
    for (String text : section.texts("topics")) {
      TopicPath path = section.parsed("topics", text, TopicPath::parse);
      if (path != null && !topics.containsKey(path)) {
        section.problem("topics", "has one that is none of the topics: " + path);
      } else if (path != null) {
        on.add(path);
      }
    }
    List<TextPattern> subjects = new ArrayList<>();
    for (String text : section.texts("subjectTypes")) {
      TextPattern pattern = section.parsed("subjectTypes", text, TextPattern::new);
      if (pattern != null) {
        subjects.add(pattern);
      }
    }
    String reference = section.text("subjectRefTemplate");
    JsonNode schema = section.json("schema");
    if (schema != null && !schema.isObject()) {
      section.problem("schema", "must be an object, a JSON Schema");
    }
    if (type != null) {
      var message = new MessageType(type, description, on, subjects, reference, schema);
      if (messages.put(type, message) != null) {
        section.problem("type", "is there twice: " + type);
      }
    }
  }

  private static @Nullable String first(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    return message == null ? null : message.lines().findFirst().orElse(message);
  }
}
