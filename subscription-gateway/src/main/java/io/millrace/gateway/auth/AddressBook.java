package io.millrace.gateway.auth;

import java.util.Optional;

/** The mail addresses of users. Safe for use by several threads. */
@FunctionalInterface
public interface AddressBook {

  /** The address of the user of that name; empty if none is known. */
  Optional<String> address(String user);
}
