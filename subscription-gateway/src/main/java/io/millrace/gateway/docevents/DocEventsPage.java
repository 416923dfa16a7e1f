package io.millrace.gateway.docevents;

import io.millrace.gateway.catalogue.MessageField;
import io.millrace.gateway.catalogue.MessageType;
import io.millrace.gateway.catalogue.TopicEntry;
import org.jspecify.annotations.Nullable;

/** The catalogue as a page that needs nothing but itself: no scripts, nothing from elsewhere. */
final class DocEventsPage {

  static final String SECURITY_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none';"
          + " base-uri 'none'";

  private static final String STYLE =
      """
      body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
      section{border-top:1px solid #ccc;margin-top:2rem}code{font-size:.95em}
      .security,.levels{color:#555;font-size:.9rem;margin:.2rem 0}
      table{border-collapse:collapse}th,td{text-align:left;padding:.15rem 1rem .15rem 0}
      td{vertical-align:top}h3{margin:1rem 0 .2rem}nav a{margin-right:1rem}
      """;

  private final SeenCatalogue seen;
  private final StringBuilder html = new StringBuilder();

  private DocEventsPage(SeenCatalogue seen) {
    this.seen = seen;
  }

  static String of(SeenCatalogue seen) {
    return new DocEventsPage(seen).write();
  }

  private String write() {
    html.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Events</title>")
        // Else the browser asks for one, which the page has not.
        .append("<link rel=\"icon\" href=\"data:,\"><style>")
        .append(STYLE)
        .append("</style><h1>Events</h1><p>Topics and messages that you may receive or publish.")
        .append(" For machines: <a href=\"/asyncapi.json\">/asyncapi.json</a><nav>");
    for (TopicEntry topic : seen.topics()) {
      String path = escaped(topic.path().toString());
      html.append("<a href=\"#/").append(path).append("\">").append(path).append("</a> ");
    }
    html.append("</nav>");
    seen.topics().forEach(this::topic);
    return html.append("</html>").toString();
  }

  private void topic(TopicEntry topic) {
    String path = escaped(topic.path().toString());
    html.append("<section id=\"/").append(path).append("\"><h2><code>").append(path);
    topic.subLevels().forEach(level -> html.append(" / {").append(escaped(level)).append('}'));
    html.append("</code></h2><p>")
        .append(escaped(topic.description()))
        .append("<p class=\"security\">")
        .append(escaped(seen.security(topic.path())));
    seen.messagesOn(topic.path()).forEach(this::message);
    html.append("</section>");
  }

  private void message(MessageType message) {
    html.append("<h3><code>")
        .append(escaped(message.type()))
        .append("</code></h3><p>")
        .append(escaped(message.description()));
    if (!message.fields().isEmpty()) {
      html.append("<table><tr><th>Field<th>Type<th>Description<th>Example");
      message.fields().forEach(this::field);
      html.append("</table>");
    }
  }

  private void field(MessageField field) {
    String example = field.example() == null ? "" : field.example().toString();
    html.append("<tr><td><code>")
        .append(escaped(field.name()))
        .append("</code><td>")
        .append(field.type().text())
        .append("<td>")
        .append(escaped(field.description()))
        .append("<td><code>")
        .append(escaped(example))
        .append("</code>");
  }

  private static String escaped(@Nullable String text) {
    return text == null
        ? ""
        : text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
