package io.millrace.gateway.mail;

import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * The server that takes mails.
 *
 * @param username absent where it wants no login
 * @param timeout of each step of the conversation
 */
public record SmtpConfig(
    String host,
    int port,
    Security security,
    @Nullable String username,
    @Nullable Password password,
    Duration timeout,
    InternetAddress from) {

  /** How the connection is protected. */
  public enum Security {
    NONE,
    STARTTLS,
    TLS
  }

  @Nullable String plainPassword() {
    return password == null ? null : password.value();
  }

  /** What Message-IDs end in. */
  String domain() {
    String address = from.getAddress();
    return address.substring(address.lastIndexOf('@') + 1);
  }
}
