package io.millrace.server.events.servlet;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * How much is captured and what happens when events come faster than they can be raised.
 *
 * @param headers names of headers that events carry, if a call has them
 * @param maxBodyBytes of a payload; of a larger one the event says only that it was left out
 * @param maxQueuedBytes of events that wait to be raised
 * @param full what becomes of an event for which there is no room
 * @param maxWaitMillis how long {@link Full#WAIT} may delay a call
 */
public record AutoEventSettings(
    Set<String> headers, int maxBodyBytes, int maxQueuedBytes, Full full, long maxWaitMillis) {

  /** What becomes of an event for which there is no room; either way it is counted. */
  public enum Full {
    /** It is dropped at once. */
    DROP,
    /** The call waits for room, up to a time; then it is dropped. */
    WAIT
  }

  private static final Set<String> DEFAULT_HEADERS =
      Set.of(
          "accept", "accept-language", "content-type", "traceparent", "user-agent", "x-request-id");

  /** Parts of names that mean a credential, in headers as in query parameters. */
  private static final List<String> CREDENTIALS =
      List.of(
          "auth",
          "cookie",
          "token",
          "secret",
          "password",
          "passwd",
          "pwd",
          "credential",
          "session",
          "bearer",
          "saml",
          "api-key",
          "apikey",
          "api_key",
          "access_key",
          "accesskey",
          "signature",
          "jwt",
          "assertion",
          "otp",
          "passcode");

  /** Names that mean a credential as a whole, and much else as a part. */
  private static final Set<String> CREDENTIAL_NAMES = Set.of("code", "key", "pin", "sid", "sig");

  /**
   * Checks the settings.
   *
   * @throws IllegalArgumentException if a header carries credentials, or a number is not positive
   */
  public AutoEventSettings {
    Set<String> lower =
        headers.stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> refused = lower.stream().filter(AutoEventSettings::isCredential).toList();
    if (!refused.isEmpty()) {
      throw new IllegalArgumentException(
          "headers carry credentials, which events never do: " + String.join(", ", refused));
    }
    if (maxBodyBytes < 0 || maxQueuedBytes <= 0 || maxWaitMillis < 0) {
      throw new IllegalArgumentException(
          "maxBodyBytes and maxWaitMillis must not be negative, maxQueuedBytes must be positive");
    }
    headers = Set.copyOf(lower);
  }

  /** Common headers, 64 KiB of a payload, 16 MiB of waiting events, which are dropped if full. */
  public static AutoEventSettings defaults() {
    return new AutoEventSettings(DEFAULT_HEADERS, 64 << 10, 16 << 20, Full.DROP, 0);
  }

  /** Whether a header or parameter of this name is never put in an event. */
  static boolean isCredential(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return CREDENTIAL_NAMES.contains(lower) || CREDENTIALS.stream().anyMatch(lower::contains);
  }
}
