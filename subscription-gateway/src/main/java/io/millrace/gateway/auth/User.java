package io.millrace.gateway.auth;

/**
 * A user who signs in with a password.
 *
 * @param hash bcrypt, in its modular crypt format
 */
record User(Principal principal, String hash) {

  /** Two to the power of this many rounds. */
  int cost() {
    return Integer.parseInt(hash.substring(4, 6));
  }

  @Override
  public String toString() {
    return "User " + principal.name();
  }
}
