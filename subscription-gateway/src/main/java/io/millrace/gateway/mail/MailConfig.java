package io.millrace.gateway.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/**
 * Whether owners get mails, and how.
 *
 * @param smtp none for no mails
 * @param admin who gets the mails of system emitters, and of owners without an address; empty for
 *     nobody
 * @param link what the gateway's URL begins with for owners
 * @param warnFailures consecutive failures after which an owner is warned; 0 for never
 * @param warnAfter how long an event has failed when its owner is warned; zero for never
 */
public record MailConfig(
    @Nullable SmtpConfig smtp,
    Optional<String> admin,
    String link,
    int warnFailures,
    Duration warnAfter) {

  private static final String GROUP = "Mail";
  private static final String HOST = "smtp.host";
  private static final String PORT = "smtp.port";
  private static final String SECURITY = "smtp.security";
  private static final String USERNAME = "smtp.username";
  private static final String PASSWORD = "smtp.password";
  private static final String TIMEOUT = "smtp.timeout.ms";
  private static final String FROM = "mail.from";
  private static final String ADMIN = "mail.admin";
  private static final String LINK = "mail.link";
  private static final String WARN_FAILURES = "mail.warn.failures";
  private static final String WARN_AFTER = "mail.warn.after.ms";

  /** Adds the keys of mails to a service's. */
  public static ConfigDef define(ConfigDef def) {
    Keys keys = new Keys(def);
    keys.add(
        HOST,
        ConfigDef.Type.STRING,
        null,
        null,
        "SMTP server for mails to the owners of emitters that were disabled. Without one, no mails"
            + " are sent.");
    keys.add(PORT, ConfigDef.Type.INT, 587, Range.between(1, 65535), "Port of the SMTP server.");
    keys.add(
        SECURITY,
        ConfigDef.Type.STRING,
        "starttls",
        ConfigDef.ValidString.in("none", "starttls", "tls"),
        "How the connection is protected: starttls (refused where the server has none), tls from"
            + " the first byte (mostly port 465), or none. The JVM's trust store says whom to"
            + " believe.");
    keys.add(
        USERNAME, ConfigDef.Type.STRING, null, null, "User, where the SMTP server wants a login.");
    keys.add(PASSWORD, ConfigDef.Type.PASSWORD, null, null, "Password of that user.");
    keys.add(
        TIMEOUT,
        ConfigDef.Type.INT,
        10_000,
        Range.between(100, 60_000),
        "Milliseconds that each step of the conversation with the SMTP server may take.");
    keys.add(
        FROM, ConfigDef.Type.STRING, null, null, "Sender of the mails; required with smtp.host.");
    keys.add(
        ADMIN,
        ConfigDef.Type.STRING,
        null,
        null,
        "Who gets the mails of system emitters, and of owners without an address. An owner's address"
            + " is the email in the users file, or the name itself if it is an address.");
    keys.add(
        LINK,
        ConfigDef.Type.STRING,
        "http://localhost:8021",
        null,
        "What the gateway's URL begins with for those who get mails, such as"
            + " https://events.example.com: they tell how to restart an emitter.");
    keys.add(
        WARN_FAILURES,
        ConfigDef.Type.INT,
        0,
        Range.atLeast(0),
        "Failures in a row after which an owner is warned, at most once a day: half of the"
            + " connectors' max.consecutive.failures, say. 0 for never.");
    keys.add(
        WARN_AFTER,
        ConfigDef.Type.LONG,
        0L,
        Range.atLeast(0),
        "Milliseconds that an event has failed when its owner is warned: half of the connectors'"
            + " disable.after.ms, say. 0 for never.");
    return def;
  }

  /**
   * Reads the keys.
   *
   * @throws ConfigException if one is wrong, or keys do not go together
   */
  public static MailConfig from(AbstractConfig config) {
    return new MailConfig(
        config.getString(HOST) == null ? null : smtp(config, config.getString(HOST)),
        Optional.ofNullable(config.getString(ADMIN)).map(text -> address(ADMIN, text).getAddress()),
        config.getString(LINK).replaceAll("/+$", ""),
        config.getInt(WARN_FAILURES),
        Duration.ofMillis(config.getLong(WARN_AFTER)));
  }

  private static SmtpConfig smtp(AbstractConfig config, String host) {
    String from = config.getString(FROM);
    if (from == null) {
      throw new ConfigException(HOST + " also needs " + FROM);
    }
    String username = config.getString(USERNAME);
    Password password = config.getPassword(PASSWORD);
    if ((username == null) != (password == null)) {
      throw new ConfigException(
          USERNAME + " and " + PASSWORD + " are given together or not at all");
    }
    return new SmtpConfig(
        host,
        config.getInt(PORT),
        SmtpConfig.Security.valueOf(config.getString(SECURITY).toUpperCase(Locale.ROOT)),
        username,
        password,
        Duration.ofMillis(config.getInt(TIMEOUT)),
        address(FROM, from));
  }

  private static InternetAddress address(String key, String text) {
    try {
      InternetAddress address = new InternetAddress(text, true);
      if (address.getAddress().contains("@")) {
        return address;
      }
    } catch (AddressException e) {
      throw (ConfigException)
          new ConfigException(key, text, "is no mail address: " + e.getMessage()).initCause(e);
    }
    throw new ConfigException(key, text, "is no mail address with a domain");
  }

  /** Defines keys one after the other. */
  private static final class Keys {
    private final ConfigDef def;
    private int order = 1;

    Keys(ConfigDef def) {
      this.def = def;
    }

    void add(
        String name,
        ConfigDef.Type type,
        @Nullable Object fallback,
        ConfigDef.@Nullable Validator validator,
        String doc) {
      def.define(
          name,
          type,
          fallback,
          validator,
          Importance.MEDIUM,
          doc,
          GROUP,
          order++,
          Width.MEDIUM,
          name);
    }
  }
}
