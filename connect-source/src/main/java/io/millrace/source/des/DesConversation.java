package io.millrace.source.des;

import io.cloudevents.CloudEvent;
import io.millrace.model.event.UnreadableEventException;
import io.millrace.source.des.ServerMessage.Event;
import io.millrace.source.des.ServerMessage.Word;
import io.millrace.source.push.Conversation;
import io.millrace.source.push.Login;
import io.millrace.source.push.PushProtocol.Voice;
import io.millrace.source.push.Reception;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Waits for the session to start, and takes events; says pings in between. */
final class DesConversation implements Conversation {

  // Of the session's time-out. Source: the vendor's document.
  private static final double SHARE = 0.8;

  private final DesSettings settings;
  private final Login login;
  private final Voice voice;
  private final Reception reception;
  private final LongSupplier nanos;
  private final long begun;
  private boolean started;
  private boolean waitsForPong;
  private long unanswered;
  private long lastPing;
  private long interval;

  DesConversation(
      DesSettings settings, Login login, Voice voice, Reception reception, LongSupplier nanos) {
    this.settings = settings;
    this.login = login;
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
    if (started && now - lastPing >= interval) {
      var unused = voice.say(ClientMessages.PING);
      lastPing = now;
      unanswered = waitsForPong ? unanswered : now;
      waitsForPong = true;
    }
    long wait = lastPing + interval - now;
    if (!started) {
      wait = begun + settings.reply().toNanos() - now;
    } else if (waitsForPong) {
      wait = Math.min(wait, unanswered + settings.pong().toNanos() - now);
    }
    return Duration.ofNanos(Math.max(1_000_000, wait));
  }

  @Override
  public void miss(long reading) throws IOException {
    long now = nanos.getAsLong();
    if (!started && now - Math.max(begun, reading) >= settings.reply().toNanos()) {
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
      } else if (heard instanceof Word word && word.type().equals(ServerMessage.PONG)) {
        waitsForPong = false;
      }
    } catch (UnreadableEventException e) {
      reception.unreadable(String.valueOf(e.getMessage()));
    }
  }

  // Only the first is this session's own; with the topic websession those of others come, too.
  private void take(CloudEvent event) throws InterruptedException {
    if (!started && event.getType().equals(SessionStarted.TYPE)) {
      start(SessionStarted.read(event));
    } else {
      reception.event(event, null, () -> {});
    }
  }

  private void start(SessionStarted session) {
    started = true;
    lastPing = nanos.getAsLong();
    Duration timeout = session.timeout();
    if (timeout != null) {
      interval = Math.min(interval, Math.max(1, (long) (timeout.toNanos() * SHARE)));
    }
    login.taken();
    reception.ready(false);
  }
}
