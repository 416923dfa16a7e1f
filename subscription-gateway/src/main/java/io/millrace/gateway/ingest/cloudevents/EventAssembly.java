package io.millrace.gateway.ingest.cloudevents;

import io.cloudevents.CloudEvent;
import io.cloudevents.CloudEventData;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.model.emitter.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes a CloudEvent of what came, telling all that is wrong with it. A spec version {@code 1.0.1}
 * is read as {@code 1.0}, since a vendor prints it so.
 */
final class EventAssembly {

  private static final Pattern SPEC_VERSION = Pattern.compile("1\\.0(\\.[0-9]+)?");
  private static final String DATA = "data";
  private static final Pattern NAME = Pattern.compile("[a-z0-9]{1,40}");
  private static final Set<String> CORE =
      Set.of(
          "specversion",
          "id",
          "source",
          "type",
          "time",
          "subject",
          "dataschema",
          "datacontenttype");

  private final Incoming incoming;
  private final List<Problem> problems = new ArrayList<>();

  private EventAssembly(Incoming incoming) {
    this.incoming = incoming;
  }

  /** The event, or null with its problems added. */
  static @Nullable CloudEvent assemble(Incoming incoming, List<Problem> problems) {
    EventAssembly assembly = new EventAssembly(incoming);
    CloudEvent event = assembly.event();
    problems.addAll(assembly.problems);
    return event;
  }

  private @Nullable CloudEvent event() {
    String version = required("specversion");
    if (version != null && !SPEC_VERSION.matcher(version).matches()) {
      problem("specversion", "must be 1.0, not " + version);
    }
    String id = required("id");
    String type = required("type");
    URI source = uri("source", required("source"));
    URI schema = uri("dataschema", text("dataschema"));
    OffsetDateTime time = time(text("time"));
    String subject = text("subject");
    checkData();
    checkCharacters();
    CloudEventBuilder builder = CloudEventBuilder.v1();
    new TreeMap<>(incoming.attributes()).forEach((name, value) -> extend(builder, name, value));
    if (!problems.isEmpty() || id == null || type == null || source == null) {
      return null;
    }
    builder.withId(id).withType(type).withSource(source);
    String contentType = text("datacontenttype");
    if (contentType != null) {
      builder.withDataContentType(contentType);
    }
    if (schema != null) {
      builder.withDataSchema(schema);
    }
    if (time != null) {
      builder.withTime(time);
    }
    if (subject != null) {
      builder.withSubject(subject);
    }
    if (incoming.data() != null) {
      builder.withData(incoming.data());
    }
    return builder.build();
  }

  private void checkData() {
    CloudEventData data = incoming.data();
    if (data != null
        && JsonText.isJsonType(text("datacontenttype"))
        && !JsonText.isValid(data.toBytes())) {
      problem("data", "is not the JSON that its content type promises");
    }
  }

  /** The CloudEvents type system has no control characters in texts. */
  private void checkCharacters() {
    new TreeMap<>(incoming.attributes())
        .forEach(
            (name, value) -> {
              if (value.chars().anyMatch(Character::isISOControl)) {
                problem(name, "must not contain control characters");
              }
            });
  }

  private void extend(CloudEventBuilder builder, String name, String value) {
    if (CORE.contains(name)) {
      return;
    }
    if (NAME.matcher(name).matches() && !name.equals(DATA)) {
      builder.withExtension(name, value);
    } else {
      problem(name, "is no attribute name: letters and digits, at most 40");
    }
  }

  private @Nullable String text(String name) {
    String value = incoming.attributes().get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  private @Nullable String required(String name) {
    String value = text(name);
    if (value == null) {
      problem(name, "is missing");
    }
    return value;
  }

  private @Nullable URI uri(String name, @Nullable String value) {
    try {
      return value == null ? null : new URI(value);
    } catch (URISyntaxException e) {
      problem(name, "must be a URI: " + e.getReason());
      return null;
    }
  }

  private @Nullable OffsetDateTime time(@Nullable String value) {
    try {
      return value == null ? null : OffsetDateTime.parse(value);
    } catch (DateTimeException e) {
      problem("time", "must be a time as RFC 3339 writes it");
      return null;
    }
  }

  private void problem(String name, String reason) {
    problems.add(new Problem(incoming.at() + "." + name, reason));
  }
}
