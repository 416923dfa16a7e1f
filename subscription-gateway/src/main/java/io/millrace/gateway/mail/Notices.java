package io.millrace.gateway.mail;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.gateway.mail.Mailer.Result.Accepted;
import io.millrace.gateway.mail.Mailer.Result.Later;
import io.millrace.model.emitter.EmitterDefinition;
import io.millrace.model.emitter.EmitterStatus;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes one status after the other, and tells the owner what is to be told. For one thread. */
final class Notices {

  private static final Logger LOG = LoggerFactory.getLogger(Notices.class);

  // What is wrong with one mail shall not hold back the others for ever.
  private static final int MOST_ATTEMPTS = 10;

  private final NoticeRule rule;
  private final KnownEmitters emitters;
  private final Recipients recipients;
  private final WaitingEvents waiting;
  private final MailText text;
  private final Mailer mailer;
  private final SentMails sent;
  private final MeterRegistry meters;
  private final Clock clock;
  private int attempts;

  Notices(
      NoticeRule rule,
      KnownEmitters emitters,
      Recipients recipients,
      WaitingEvents waiting,
      MailText text,
      Mailer mailer,
      SentMails sent,
      MeterRegistry meters,
      Clock clock) {
    this.rule = rule;
    this.emitters = emitters;
    this.recipients = recipients;
    this.waiting = waiting;
    this.text = text;
    this.mailer = mailer;
    this.sent = sent;
    this.meters = meters;
    this.clock = clock;
  }

  /** An emitter's status was removed. */
  void removed(String emitterId) throws InterruptedException {
    sent.forget(emitterId);
  }

  /**
   * Does what a status asks for.
   *
   * @param offset of the status in its topic
   * @return why it is to be tried again; empty when the status is done with
   */
  Optional<String> take(EmitterStatus status, long offset) throws InterruptedException {
    String id = status.emitterId();
    SentMail last = sent.last(id);
    if (last != null && NoticeRule.isOfAnother(status, offset, last)) {
      sent.forget(id);
      last = null;
    }
    Optional<Notice> notice = rule.notice(status, last);
    Optional<String> trouble =
        notice.isEmpty() ? Optional.empty() : tell(notice.get(), status, offset);
    attempts = trouble.isEmpty() ? 0 : attempts + 1;
    return trouble;
  }

  private Optional<String> tell(Notice notice, EmitterStatus status, long offset)
      throws InterruptedException {
    String id = status.emitterId();
    Optional<EmitterDefinition> emitter = emitters.get(id);
    if (emitter.isEmpty()) {
      // It may be there in a moment, or be gone.
      return attempts < 2 ? Optional.of("emitter " + id + " is not known") : Optional.empty();
    }
    Optional<String> to = recipients.of(emitter.get());
    if (to.isEmpty()) {
      LOG.warn("Nobody can be told that emitter {} is {}: no address", id, status.state());
      count("unaddressed");
      return Optional.empty();
    }
    Mail mail =
        text.write(
            to.get(), notice, emitter.get(), status, waiting.count(emitter.get().type(), id));
    Mailer.Result result = send(mail, id);
    if (result instanceof Later later && mayTryAgain(later)) {
      count("later");
      return Optional.of(later.reason());
    }
    if (result instanceof Accepted) {
      count("sent");
      LOG.info("The owner of emitter {} was told that it is {}", id, status.state());
    } else {
      count("refused");
      LOG.error("The owner of emitter {} could not be told that it is {}", id, status.state());
    }
    sent.put(
        id, new SentMail(notice, status.generation(), status.partition(), offset, clock.instant()));
    return Optional.empty();
  }

  private Mailer.Result send(Mail mail, String id) {
    Mailer.Result result = mailer.send(mail);
    if (result instanceof Accepted || (result instanceof Later later && mayTryAgain(later))) {
      return result;
    }
    LOG.warn("The mail about emitter {} is not taken: {}", id, result);
    Optional<String> other = recipients.instead(mail.to());
    return other.isPresent() ? mailer.send(mail.to(other.get())) : result;
  }

  private boolean mayTryAgain(Later later) {
    return later.general() || attempts + 1 < MOST_ATTEMPTS;
  }

  private void count(String outcome) {
    meters.counter("millrace.gateway.mails", "outcome", outcome).increment();
  }
}
