package io.millrace.source.foundry;

import io.cloudevents.CloudEvent;
import io.millrace.model.event.UnreadableEventException;
import io.millrace.source.foundry.ServerMessage.Push;
import io.millrace.source.foundry.ServerMessage.Reply;
import io.millrace.source.push.Conversation;
import io.millrace.source.push.PushProtocol.Voice;
import io.millrace.source.push.Reception;
import java.io.IOException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Subscribes, waits for the reply, and takes events; says pings in between. */
final class FoundryConversation implements Conversation {

  private static final Logger LOG = LoggerFactory.getLogger(FoundryConversation.class);

  private final FoundryProtocol protocol;
  private final FoundrySettings settings;
  private final FoundryEvents events;
  private final Voice voice;
  private final Reception reception;
  private final LongSupplier nanos;
  private boolean asked;
  private boolean subscribed;
  private boolean oddReplyTold;
  private long lastAsked;
  private long lastPing;

  FoundryConversation(
      FoundryProtocol protocol, Voice voice, Reception reception, LongSupplier nanos) {
    this.protocol = protocol;
    this.settings = protocol.settings();
    this.events = protocol.events();
    this.voice = voice;
    this.reception = reception;
    this.nanos = nanos;
    this.lastPing = nanos.getAsLong();
  }

  @Override
  public Duration speak() {
    long now = nanos.getAsLong();
    if (!asked) {
      asked = true;
      lastAsked = now;
      var unused = voice.say(protocol.subscribe());
    }
    if (now - lastPing >= settings.ping().toNanos()) {
      lastPing = now;
      voice.ping();
    }
    long untilPing = lastPing + settings.ping().toNanos() - now;
    long untilOverdue = lastAsked + settings.reply().toNanos() - now;
    long wait = subscribed || untilOverdue <= 0 ? untilPing : Math.min(untilPing, untilOverdue);
    return Duration.ofNanos(Math.max(1_000_000, wait));
  }

  @Override
  public void miss(long reading) throws IOException {
    long waited = nanos.getAsLong() - Math.max(lastAsked, reading);
    if (!subscribed && waited >= settings.reply().toNanos()) {
      throw new IOException(
          settings.url()
              + " has not answered the subscription within "
              + settings.reply().toMillis()
              + " ms");
    }
  }

  @Override
  public void hear(String message) throws IOException, InterruptedException {
    ServerMessage heard;
    try {
      heard = ServerMessage.read(message);
    } catch (UnreadableEventException e) {
      reception.unreadable(String.valueOf(e.getMessage()));
      return;
    }
    if (heard instanceof Push push) {
      take(push);
    } else if (heard instanceof Reply reply) {
      replied(reply);
    }
  }

  private void take(Push push) throws InterruptedException {
    CloudEvent event;
    try {
      event = events.event(push);
    } catch (UnreadableEventException e) {
      reception.unreadable(String.valueOf(e.getMessage()));
      return;
    }
    reception.event(event, null, () -> protocol.stored(push.eventId()));
  }

  private void replied(Reply reply) throws IOException {
    if (reply.code() == ReplyCode.UNAUTHENTICATED) {
      protocol.refused(settings.url() + " answers 620011");
      throw new IOException(settings.url() + " does not take the token");
    }
    if (subscribed) {
      odd(reply);
      return;
    }
    switch (reply.code()) {
      case ReplyCode.SUBSCRIBED -> ready();
      case ReplyCode.PARTLY_SUBSCRIBED -> partly(reply);
      case ReplyCode.SUBSCRIPTION_FAILED ->
          throw new ConnectException(
              "Foundry refuses all of " + FoundryConfig.TOPICS + said(reply) + WHY);
      case ReplyCode.MISSING_PARAMETER, ReplyCode.BAD_PAYLOAD ->
          throw new ConnectException(
              "Foundry does not understand the subscription"
                  + said(reply)
                  + ": try the other "
                  + FoundryConfig.SHAPE);
      default -> throw new IOException("Foundry did not take the subscription" + said(reply));
    }
  }

  private static final String WHY =
      ": clients may subscribe only to topics that are marked client-only";

  private void partly(Reply reply) {
    String refused = "Foundry refuses the topics " + String.join(", ", reply.failedTopics());
    if (settings.failWhenPartial()) {
      throw new ConnectException(
          refused
              + said(reply)
              + WHY
              + "; with "
              + FoundryConfig.PARTIAL
              + " continue the source would go on without them");
    }
    LOG.warn("{}{}; the source goes on without them", refused, said(reply));
    ready();
  }

  private void ready() {
    subscribed = true;
    protocol.subscribed(voice);
    reception.ready(false, null);
  }

  // Such as a server's that does not know acknowledgements: once is enough.
  private void odd(Reply reply) {
    if (!oddReplyTold) {
      oddReplyTold = true;
      LOG.warn("Foundry says something unexpected{}", said(reply));
    }
  }

  private static String said(Reply reply) {
    String message = reply.message().replaceAll("\\p{Cntrl}", " ");
    String text = message.length() > 200 ? message.substring(0, 200) : message;
    return " (" + reply.code() + (text.isBlank() ? "" : " " + text) + ")";
  }
}
