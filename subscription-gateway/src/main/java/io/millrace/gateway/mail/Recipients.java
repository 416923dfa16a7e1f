package io.millrace.gateway.mail;

import io.millrace.gateway.auth.AddressBook;
import io.millrace.model.emitter.EmitterDefinition;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.Optional;

/** Who gets the mails about an emitter. */
final class Recipients {

  private final AddressBook addresses;
  private final Optional<String> admin;

  /**
   * Of owners whose addresses are known, and an administrator for all others.
   *
   * @param admin empty for nobody
   */
  Recipients(AddressBook addresses, Optional<String> admin) {
    this.addresses = addresses;
    this.admin = admin;
  }

  /** The owner's address, else the administrator's; empty if nobody can be told. */
  Optional<String> of(EmitterDefinition emitter) {
    String owner = emitter.owner();
    return owner == null ? admin : addresses.address(owner).or(() -> itself(owner)).or(() -> admin);
  }

  /** Who is told what the first could not be told; empty if there is nobody else. */
  Optional<String> instead(String refused) {
    return admin.filter(address -> !address.equals(refused));
  }

  private static Optional<String> itself(String owner) {
    try {
      return owner.contains("@")
          ? Optional.of(new InternetAddress(owner, true).getAddress())
          : Optional.empty();
    } catch (AddressException e) {
      return Optional.empty();
    }
  }
}
