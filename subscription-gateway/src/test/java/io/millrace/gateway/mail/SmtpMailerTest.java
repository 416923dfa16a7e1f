package io.millrace.gateway.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.millrace.gateway.mail.Mailer.Result;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpMailerTest {

  private static final Mail MAIL =
      new Mail("ann@example.com", "millrace.e.3.disabled", "Größe", "Zeile 1\n€ 2\n");

  @Test
  void sendsAMailThatASmtpServerTakes() throws Exception {
    GreenMail server = start(ServerSetup.PROTOCOL_SMTP);
    try {
      server.setUser("gateway", "s3cret");
      Result result = send(server.getSmtp().getPort(), SmtpConfig.Security.NONE, "s3cret", MAIL);
      assertThat(result).isEqualTo(new Result.Accepted());
      MimeMessage[] received = server.getReceivedMessages();
      assertThat(received).hasSize(1);
      MimeMessage message = received[0];
      assertThat(message.getMessageID()).isEqualTo("<millrace.e.3.disabled@millrace.test>");
      assertThat(message.getSubject()).isEqualTo("Größe");
      assertThat(message.getContent().toString().replace("\r", "").strip())
          .isEqualTo("Zeile 1\n€ 2");
      assertThat(message.getAllRecipients()).containsExactly(new InternetAddress(MAIL.to()));
      assertThat(message.getHeader("Auto-Submitted")).containsExactly("auto-generated");
    } finally {
      server.stop();
    }
  }

  @Test
  void aWrongPasswordIsTriedLaterAndNotTold() throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp("AUTH", "535 no")) {
      Result result = send(server.port(), SmtpConfig.Security.NONE, "s3cret", MAIL);
      assertThat(result)
          .isInstanceOfSatisfying(
              Result.Later.class,
              later -> {
                assertThat(later.general()).isTrue();
                assertThat(later.reason()).doesNotContain("s3cret");
              });
    }
  }

  @Test
  void aServerThatIsNotTrustedGetsNothing() throws Exception {
    GreenMail server = start(ServerSetup.PROTOCOL_SMTPS);
    try {
      Result result = send(server.getSmtps().getPort(), SmtpConfig.Security.TLS, null, MAIL);
      assertThat(result).isInstanceOf(Result.Later.class);
      assertThat(server.getReceivedMessages()).isEmpty();
    } finally {
      server.stop();
    }
  }

  @Test
  void withoutTheTlsThatIsAskedForNothingIsSent() throws Exception {
    GreenMail server = start(ServerSetup.PROTOCOL_SMTP);
    try {
      int port = server.getSmtp().getPort();
      Result result = send(port, SmtpConfig.Security.STARTTLS, "s3cret", MAIL);
      assertThat(result)
          .isInstanceOfSatisfying(
              Result.Later.class, later -> assertThat(later.reason()).contains("STARTTLS"));
      assertThat(server.getReceivedMessages()).isEmpty();
    } finally {
      server.stop();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RCPT, 550 5.1.1 unknown, refused",
    "RCPT, 450 4.2.0 greylisted, later",
    "RCPT, 421 closing, all later",
    "DATA, 554 no mails like this, refused",
    "., 451 not now, later",
    "MAIL, 550 not from you, all later",
    "EHLO, '', all later",
    "HELLO, 554 nobody home, all later",
    "HELLO, '', all later"
  })
  void tellsRefusedFromLater(String command, String answer, String meaning) throws Exception {
    try (ScriptedSmtp server = new ScriptedSmtp(command, answer)) {
      Result result = send(server.port(), SmtpConfig.Security.NONE, null, MAIL);
      String actual = "accepted";
      if (result instanceof Result.Refused) {
        actual = "refused";
      } else if (result instanceof Result.Later later) {
        actual = later.general() ? "all later" : "later";
      }
      assertThat(actual).as("%s", result).isEqualTo(meaning);
    }
  }

  @Test
  void aServerThatIsDownIsTriedLater() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThat(send(port, SmtpConfig.Security.NONE, null, MAIL))
        .isInstanceOfSatisfying(Result.Later.class, later -> assertThat(later.general()).isTrue());
  }

  @Test
  void whatIsNoAddressIsRefused() throws Exception {
    Result result = send(1, SmtpConfig.Security.NONE, null, MAIL.to("a@b\r\nBcc: all@example.com"));
    assertThat(result).isInstanceOf(Result.Refused.class);
  }

  private static GreenMail start(String protocol) {
    ServerSetup setup = new ServerSetup(0, "127.0.0.1", protocol);
    setup.setServerStartupTimeout(60_000);
    GreenMail server = new GreenMail(setup);
    server.start();
    return server;
  }

  private static Result send(int port, SmtpConfig.Security security, String password, Mail mail)
      throws Exception {
    SmtpConfig config =
        new SmtpConfig(
            "127.0.0.1",
            port,
            security,
            password == null ? null : "gateway",
            password == null ? null : new Password(password),
            Duration.ofSeconds(1),
            new InternetAddress("Millrace <no-reply@millrace.test>"));
    return new SmtpMailer(config, Clock.systemUTC()).send(mail);
  }
}
