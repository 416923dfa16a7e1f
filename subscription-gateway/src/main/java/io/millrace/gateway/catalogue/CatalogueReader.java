package io.millrace.gateway.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.millrace.model.event.ResourceName;
import io.millrace.model.event.TopicPath;
import io.millrace.model.security.TopicRule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a catalogue, YAML or JSON, and tells everything that is wrong with it at once. Of a folder
 * a file can name what another declares.
 */
final class CatalogueReader {

  private static final Set<String> PARTS =
      Set.of("streams", "topics", "messages", "acronis", "tenants", "security");

  private static final Pattern MARK =
      Pattern.compile("^ in .*, line (\\d{1,9}), column", Pattern.MULTILINE);

  private final List<CatalogueProblem> problems = new ArrayList<>();
  private final Map<String, StreamEntry> streams = new LinkedHashMap<>();
  private final Map<TopicPath, TopicEntry> topics = new LinkedHashMap<>();
  private final Once streamNames = new Once();
  private final Once topicPaths = new Once();
  private @Nullable TopicRule ofAll;

  private CatalogueReader() {}

  /** Reads all files of a catalogue. */
  static Catalogue read(CatalogueText text) throws CatalogueException {
    CatalogueReader reader = new CatalogueReader();
    List<Section> roots = new ArrayList<>();
    text.files().forEach((name, file) -> reader.parse(name, file).ifPresent(roots::add));
    if (text.files().isEmpty()) {
      reader.problems.add(
          new CatalogueProblem(null, 0, "folder", "has no file that ends in .yaml, .yml or .json"));
    }
    Catalogue catalogue = reader.read(roots);
    if (!reader.problems.isEmpty()) {
      throw new CatalogueException(text.name(), reader.problems);
    }
    return catalogue;
  }

  private Optional<Section> parse(String file, byte[] text) {
    Problems found = new Problems(file.isEmpty() ? null : file, problems);
    try {
      return Optional.of(Section.root(LocatedYaml.read(text), PARTS, found));
    } catch (JsonProcessingException e) {
      found.add(line(e), "content", "is neither YAML nor JSON: " + reason(e));
    } catch (RepeatedKeyException e) {
      found.add(e.line(), e.key(), "is there twice, first in line " + e.firstLine());
    } catch (IOException e) {
      found.add(0, "file", "cannot be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  private Catalogue read(List<Section> roots) {
    roots.forEach(root -> root.each("streams", Set.of("name", "description"), this::stream));
    roots.forEach(
        root ->
            root.each(
                "topics",
                Set.of("path", "description", "stream", "subLevels", "clientOnly", "security"),
                this::topic));
    MessageReader messages = new MessageReader(topics.keySet());
    AcronisReader acronis = new AcronisReader(topics);
    TenantReader tenants = new TenantReader();
    for (Section root : roots) {
      messages.read(root);
      acronis.read(root);
      tenants.read(root);
      ofAll(root);
    }
    return new Catalogue(
        List.copyOf(streams.values()),
        List.copyOf(topics.values()),
        messages.all(),
        acronis.all(),
        tenants.tree(),
        ofAll);
  }

  private void stream(Section section) {
    String name = section.required("name");
    String description = section.text("description");
    if (name != null && !ResourceName.isValid(name)) {
      section.problem("name", "has " + ResourceName.RULE);
    } else if (name != null && streamNames.first(section, "name", name)) {
      streams.put(name, new StreamEntry(name, description));
    }
  }

  private void topic(Section section) {
    TopicPath path = section.parsed("path", section.required("path"), TopicPath::parse);
    String description = section.text("description");
    String stream = section.text("stream");
    if (stream != null && !streams.containsKey(stream)) {
      section.problem("stream", "is none of the streams: " + stream);
    }
    List<String> subLevels = section.texts("subLevels");
    boolean clientOnly = section.flag("clientOnly", false);
    SecurityReader.Read security = SecurityReader.read(section);
    if (path != null && topicPaths.first(section, "path", path)) {
      topics.put(
          path,
          new TopicEntry(
              path,
              description,
              stream,
              subLevels,
              clientOnly,
              security.receive(),
              security.publish()));
    }
  }

  private void ofAll(Section root) {
    SecurityReader.Read security = SecurityReader.read(root);
    if (!security.saysNothing()) {
      if (ofAll != null) {
        root.problem("security", "is in another file too: one rule is for all events");
      }
      ofAll = new TopicRule(null, security.receive(), security.publish());
    }
  }

  // The parser's own location is that of what it has read, which may be above what is wrong.
  private static int line(JsonProcessingException e) {
    int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
    Matcher mark = MARK.matcher(Objects.requireNonNullElse(e.getOriginalMessage(), ""));
    while (mark.find()) {
      line = Integer.parseInt(mark.group(1));
    }
    return line;
  }

  // Lines that begin with a blank tell the place, and quote the file.
  private static @Nullable String reason(JsonProcessingException e) {
    String message = e.getOriginalMessage();
    return message == null
        ? null
        : message
            .lines()
            .filter(line -> !line.isBlank() && !line.startsWith(" "))
            .collect(Collectors.joining(", "));
  }
}
