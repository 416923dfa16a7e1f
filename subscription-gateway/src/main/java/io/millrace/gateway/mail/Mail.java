package io.millrace.gateway.mail;

/**
 * A mail in plain text.
 *
 * @param to one address
 * @param id the same whenever the same is told: who gets it twice can tell
 */
record Mail(String to, String id, String subject, String text) {

  /** The same for somebody else. */
  Mail to(String other) {
    return new Mail(other, id, subject, text);
  }
}
