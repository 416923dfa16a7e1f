package io.millrace.gateway.mail;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.gateway.auth.AddressBook;
import io.millrace.gateway.control.DefinitionStore;
import io.millrace.model.kafka.MillraceTopics;
import io.millrace.model.kafka.TopicProvisioner;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** Mails to the owners of emitters, while it is open. It waits by itself for Kafka and for SMTP. */
public final class Mails implements AutoCloseable {

  private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Admin admin;
  private final SentMails sent;
  private final StatusMails statuses;

  private Mails(
      MailConfig config,
      Mailer mailer,
      Map<String, ?> clientConfig,
      MillraceTopics topics,
      KnownEmitters emitters,
      AddressBook addresses,
      MeterRegistry meters) {
    Clock clock = Clock.systemUTC();
    admin = Admin.create(Map.copyOf(clientConfig));
    sent = new SentMails(clientConfig, topics.emitterMails());
    Notices notices =
        new Notices(
            new NoticeRule(config.warnFailures(), config.warnAfter(), clock),
            emitters,
            new Recipients(addresses, config.admin()),
            new WaitingEvents(admin, topics),
            new MailText(config.link()),
            mailer,
            sent,
            meters,
            clock);
    statuses =
        new StatusMails(
            clientConfig,
            topics,
            new TopicProvisioner(admin),
            emitters,
            sent,
            notices,
            new RetryPause(System::nanoTime, FIRST_PAUSE, LONGEST_PAUSE));
  }

  /**
   * Begins to follow the statuses of emitters.
   *
   * @param smtp of {@code config}, as it is there
   * @param clientConfig how to reach Kafka
   * @param definitions of the emitters whose owners are told
   */
  public static Mails start(
      MailConfig config,
      SmtpConfig smtp,
      Map<String, ?> clientConfig,
      MillraceTopics topics,
      DefinitionStore definitions,
      AddressBook addresses,
      MeterRegistry meters) {
    Mailer mailer = new SmtpMailer(smtp, Clock.systemUTC());
    return start(
        config, mailer, clientConfig, topics, new StoredEmitters(definitions), addresses, meters);
  }

  static Mails start(
      MailConfig config,
      Mailer mailer,
      Map<String, ?> clientConfig,
      MillraceTopics topics,
      KnownEmitters emitters,
      AddressBook addresses,
      MeterRegistry meters) {
    Mails mails = new Mails(config, mailer, clientConfig, topics, emitters, addresses, meters);
    mails.statuses.start();
    return mails;
  }

  /** For people: whether mails go out. */
  public String state() {
    return statuses.trouble().map(reason -> "a mail waits: " + reason).orElse("in order");
  }

  @Override
  public void close() {
    statuses.close();
    sent.close();
    admin.close(Duration.ofSeconds(2));
  }
}
