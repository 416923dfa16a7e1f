package io.millrace.gateway.mail;

/** Hands mails to a server. */
@FunctionalInterface
interface Mailer {

  /** Returns when the server has said whether it takes the mail, or did not answer in time. */
  Result send(Mail mail);

  /** What became of it. A reason is for a person, and holds no secrets. */
  sealed interface Result {

    /** The server has it. */
    record Accepted() implements Result {}

    /** The server will never take it. */
    record Refused(String reason) implements Result {}

    /**
     * It may be taken later.
     *
     * @param general whether no other mail would be taken now either
     */
    record Later(String reason, boolean general) implements Result {}
  }
}
