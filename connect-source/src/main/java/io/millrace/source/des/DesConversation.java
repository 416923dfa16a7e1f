package io.millrace.source.des;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.millrace.model.event.UnreadableEventException;
import io.millrace.source.des.ServerMessage.Event;
import io.millrace.source.des.ServerMessage.Word;
import io.millrace.source.push.Conversation;
import io.millrace.source.push.Login;
import io.millrace.source.push.PushProtocol.Voice;
import io.millrace.source.push.Reception;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for the session to start, and takes events; says pings in between. */
final class DesConversation implements Conversation {

  private static final Logger LOG = LoggerFactory.getLogger(DesConversation.class);

  /** Attribute in which a server that can resume says where an event stands. */
  private static final String POSITION = "streamposition";

  private static final String GAP = "WebSessionGap";
  private static final Set<String> OF_THIS = Set.of(GAP, "WebSessionTerminate");

  // Of the session's time-out. Source: the vendor's document.
  private static final double SHARE = 0.8;

  private final DesSettings settings;
  private final Login login;
  private final @Nullable String after;
  private final StreamPositions positions = new StreamPositions();
  private final Voice voice;
  private final Reception reception;
  private final LongSupplier nanos;
  private final long begun;
  private @Nullable SessionStarted session;
  private boolean waitsForPong;
  private long unanswered;
  private long lastPing;
  private long interval;

  /**
   * On a new connection.
   *
   * @param after where the server was asked to go on from; null for now
   */
  DesConversation(
      DesSettings settings,
      Login login,
      @Nullable String after,
      Voice voice,
      Reception reception,
      LongSupplier nanos) {
    this.settings = settings;
    this.login = login;
    this.after = after;
    this.voice = voice;
    this.reception = reception;
    this.nanos = nanos;
    this.begun = nanos.getAsLong();
    this.lastPing = begun;
    this.interval = settings.ping().toNanos();
  }

  @Override
  public Duration speak() {
    long now = nanos.getAsLong();
    if (session != null && now - lastPing >= interval) {
      var unused = voice.say(ClientMessages.PING);
      lastPing = now;
      unanswered = waitsForPong ? unanswered : now;
      waitsForPong = true;
    }
    long wait = lastPing + interval - now;
    if (session == null) {
      wait = begun + settings.reply().toNanos() - now;
    } else if (waitsForPong) {
      wait = Math.min(wait, unanswered + settings.pong().toNanos() - now);
    }
    return Duration.ofNanos(Math.max(1_000_000, wait));
  }

  @Override
  public void miss(long reading) throws IOException {
    long now = nanos.getAsLong();
    if (session == null && now - Math.max(begun, reading) >= settings.reply().toNanos()) {
      throw overdue(SessionStarted.TYPE, settings.reply());
    }
    if (waitsForPong && now - Math.max(unanswered, reading) >= settings.pong().toNanos()) {
      throw overdue(ServerMessage.PONG, settings.pong());
    }
  }

  private IOException overdue(String what, Duration waited) {
    return new IOException(
        "%s has sent no %s within %d ms".formatted(settings.url(), what, waited.toMillis()));
  }

  @Override
  public void hear(String message) throws InterruptedException {
    try {
      ServerMessage heard = ServerMessage.read(message);
      if (heard instanceof Event arrived) {
        take(arrived.event());
      } else if (heard instanceof Word word) {
        take(word);
      }
    } catch (UnreadableEventException e) {
      reception.unreadable(String.valueOf(e.getMessage()));
    }
  }

  private void take(Word word) {
    if (word.type().equals(ServerMessage.PONG)) {
      waitsForPong = false;
      positions.further(word.position());
      reception.reached(positions.text());
    } else {
      LOG.warn("{} says {}", settings.url(), word.type().replaceAll("\\p{Cntrl}", " "));
    }
  }

  private void take(CloudEvent event) throws InterruptedException {
    String position = position(event);
    CloudEvent own = CloudEventBuilder.v1(event).withoutExtension(POSITION).build();
    SessionStarted current = session;
    if (current == null && own.getType().equals(SessionStarted.TYPE)) {
      start(SessionStarted.read(own), position);
      return;
    }
    positions.further(position);
    if (current != null && OF_THIS.contains(own.getType()) && current.isAboutThis(own)) {
      about(own);
    } else {
      reception.event(own, positions.text(), () -> {});
    }
  }

  private void start(SessionStarted started, @Nullable String position) {
    session = started;
    lastPing = nanos.getAsLong();
    Duration timeout = started.timeout();
    if (timeout != null) {
      interval = Math.min(interval, Math.max(1, (long) (timeout.toNanos() * SHARE)));
    }
    login.taken();
    boolean resumed = after != null && position != null;
    if (resumed) {
      positions.further(after);
      positions.only(position); // A place that the server does not know would stay for ever.
    }
    positions.others(position);
    reception.ready(resumed, positions.text());
  }

  // What is said to this client alone; on the topic websession the others' come, too.
  private void about(CloudEvent event) {
    if (event.getType().equals(GAP)) {
      reception.missed();
      reception.reached(positions.text());
    } else {
      LOG.info("{} ends the session", settings.url());
    }
  }

  private static @Nullable String position(CloudEvent event) {
    Object position = event.getExtension(POSITION);
    return position == null ? null : position.toString();
  }
}
