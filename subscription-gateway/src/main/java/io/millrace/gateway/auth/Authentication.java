package io.millrace.gateway.auth;

/** The answer to credentials. */
public sealed interface Authentication {

  /** They prove who is calling. */
  record Accepted(Principal principal) implements Authentication {}

  /**
   * They do not.
   *
   * @param sentence for the client; says nothing about which users exist
   */
  record Refused(Reason reason, String sentence) implements Authentication {}

  /** Why credentials are refused; also the tag of the metric. */
  enum Reason {
    /** None were given. */
    MISSING,
    /** They cannot be read. */
    MALFORMED,
    /** Unknown user, wrong password, unknown or forged token: not told apart. */
    WRONG,
    EXPIRED,
    /** A browser may have added them by itself, for a page that is not ours. */
    FOREIGN,
    /** They could not be checked now: too much to do, or the key server is away. */
    UNAVAILABLE
  }

  /** The refusal of whatever is wrong, in the same words whatever it is. */
  static Authentication wrong() {
    return new Refused(Reason.WRONG, "the credentials are wrong");
  }
}
