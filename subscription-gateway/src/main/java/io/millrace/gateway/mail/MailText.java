package io.millrace.gateway.mail;

import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.EmitterStatus;
import io.millrace.model.emitter.EmitterStatus.Failure;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What a mail says. Of events it holds nothing but an id. */
final class MailText {

  private static final int GONE = 410;

  private final String link;

  /**
   * With links to the gateway.
   *
   * @param link what its URL begins with, without a slash at the end
   */
  MailText(String link) {
    this.link = link;
  }

  /**
   * Writes a mail.
   *
   * @param waiting how many events wait; empty if nobody knows
   */
  Mail write(
      String to,
      Notice notice,
      EmitterDefinition emitter,
      EmitterStatus status,
      OptionalLong waiting) {
    boolean disabled = notice == Notice.DISABLED;
    String id = emitter.id();
    String subject = "[Millrace] Emitter " + id + (disabled ? " was disabled" : " is failing");
    StringBuilder text = new StringBuilder();
    text.append("The ")
        .append(emitter.type().wireName())
        .append(" emitter ")
        .append(id)
        .append(disabled ? " was disabled at " + time(status.updated()) + ", since " : ": ")
        .append(reason(status))
        .append(".\n\n");
    details(text, status, waiting);
    text.append(disabled ? restart(id) : notYet(id));
    return new Mail(to, messageId(notice, status), subject, text.toString());
  }

  private static String messageId(Notice notice, EmitterStatus status) {
    String id = "millrace." + status.emitterId() + "." + status.generation();
    Failure failure = status.failure();
    return notice == Notice.DISABLED || failure == null
        ? id + ".disabled"
        : id + ".failing." + failure.first().toEpochMilli();
  }

  private static String reason(EmitterStatus status) {
    Failure failure = status.failure();
    if (failure != null && failure.status() != null && failure.status() == GONE) {
      return "its endpoint says that it is gone (410)";
    }
    return "its endpoint failed %d times in a row".formatted(status.consecutiveFailures());
  }

  private static void details(StringBuilder text, EmitterStatus status, OptionalLong waiting) {
    Failure failure = status.failure();
    if (failure != null) {
      line(text, "Last error", failure.error());
      line(text, "Failing since", time(failure.first()));
      line(text, "Event", failure.eventId() + ", attempts: " + failure.attempts());
    }
    waiting.ifPresent(
        count -> line(text, "Events waiting", String.format(Locale.ROOT, "%,d", count)));
    text.append('\n');
  }

  private static void line(StringBuilder text, String name, @Nullable String value) {
    String plain = String.valueOf(value).replaceAll("\\p{Cntrl}+", " ");
    text.append(String.format(Locale.ROOT, "  %-16s%s\n", name, plain));
  }

  private String restart(String id) {
    return """
        Its events keep collecting, and none is lost. When the endpoint works again, restart it:

          curl -X POST -u USER '%s/enable' \\
            -H 'Content-Type: application/json' -d '{"from":"failed"}'

        "failed" goes on with the event that failed, "now" skips what waits, and a time such as
        "2026-01-31T10:00:00Z" goes on from there.
        """
        .formatted(url(id));
  }

  private String notYet(String id) {
    return """
        It is tried again, less and less often, and will be disabled if this goes on. Its state:

          curl -u USER '%s'
        """
        .formatted(url(id));
  }

  private String url(String id) {
    return link + "/publicapi/emitters/definitions/" + id;
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
