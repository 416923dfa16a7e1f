package io.millrace.gateway.mail;

import io.millrace.gateway.mail.Mailer.Result.Accepted;
import io.millrace.gateway.mail.Mailer.Result.Later;
import io.millrace.gateway.mail.Mailer.Result.Refused;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.OptionalInt;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends over SMTP, one connection a mail: there are few. */
final class SmtpMailer implements Mailer {

  private static final Logger LOG = LoggerFactory.getLogger(SmtpMailer.class);
  private static final int CLOSING = 421;

  private final SmtpConfig config;
  private final Session session;
  private final Clock clock;

  SmtpMailer(SmtpConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.session = Session.getInstance(properties(config));
  }

  @Override
  public Result send(Mail mail) {
    Message message;
    try {
      message = message(mail);
    } catch (AddressException e) {
      return new Refused("no address: " + e.getMessage());
    } catch (MessagingException e) {
      return new Refused("no mail: " + e.getMessage());
    }
    try {
      Transport transport = session.getTransport();
      try {
        transport.connect(config.username(), config.plainPassword());
        transport.sendMessage(message, message.getAllRecipients());
      } finally {
        close(transport);
      }
      return new Accepted();
    } catch (MessagingException e) {
      return meaning(e);
    }
  }

  private Message message(Mail mail) throws MessagingException {
    MimeMessage message =
        new MimeMessage(session) {
          @Override
          protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", "<" + mail.id() + "@" + config.domain() + ">");
          }
        };
    message.setFrom(config.from());
    message.setRecipient(Message.RecipientType.TO, new InternetAddress(mail.to(), true));
    message.setSubject(mail.subject(), StandardCharsets.UTF_8.name());
    message.setText(mail.text(), StandardCharsets.UTF_8.name());
    message.setSentDate(Date.from(clock.instant()));
    // Holiday replies shall not come back.
    message.setHeader("Auto-Submitted", "auto-generated");
    message.saveChanges();
    return message;
  }

  private static Result meaning(MessagingException failure) {
    for (@Nullable Exception e = failure; e != null; e = next(e)) {
      OptionalInt code = code(e);
      if (code.isPresent() && code.getAsInt() != CLOSING) {
        String reason = text(e);
        return code.getAsInt() >= 500 ? new Refused(reason) : new Later(reason, false);
      }
    }
    return new Later(text(failure), true);
  }

  private static @Nullable Exception next(Exception e) {
    return e instanceof MessagingException messaging ? messaging.getNextException() : null;
  }

  // A refused sender or login is about this gateway, and not about the mail.
  private static OptionalInt code(Exception e) {
    if (e instanceof SMTPAddressFailedException address) {
      return OptionalInt.of(address.getReturnCode());
    }
    return e instanceof SMTPSendFailedException send
            && send.getReturnCode() >= 400
            && !send.getCommand().startsWith("MAIL")
        ? OptionalInt.of(send.getReturnCode())
        : OptionalInt.empty();
  }

  private static String text(Exception e) {
    return e.getClass().getSimpleName() + ": " + String.valueOf(e.getMessage()).strip();
  }

  private static void close(Transport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      // What the server has said before stands.
      LOG.debug("An SMTP connection did not end well", e);
    }
  }

  private static Properties properties(SmtpConfig config) {
    boolean tls = config.security() == SmtpConfig.Security.TLS;
    String protocol = tls ? "smtps" : "smtp";
    String prefix = "mail." + protocol + ".";
    String millis = Long.toString(config.timeout().toMillis());
    boolean startTls = config.security() == SmtpConfig.Security.STARTTLS;
    Properties properties = new Properties();
    properties.setProperty("mail.transport.protocol", protocol);
    properties.setProperty(prefix + "host", config.host());
    properties.setProperty(prefix + "port", Integer.toString(config.port()));
    properties.setProperty(prefix + "connectiontimeout", millis);
    properties.setProperty(prefix + "timeout", millis);
    properties.setProperty(prefix + "writetimeout", millis);
    properties.setProperty(prefix + "starttls.enable", Boolean.toString(startTls));
    properties.setProperty(prefix + "starttls.required", Boolean.toString(startTls));
    properties.setProperty(prefix + "ssl.checkserveridentity", "true");
    properties.setProperty(prefix + "auth", Boolean.toString(config.username() != null));
    properties.setProperty("mail.mime.address.strict", "true");
    return properties;
  }
}
