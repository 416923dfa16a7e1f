package io.millrace.gateway.foundry.kept;

import io.millrace.model.event.ResourceName;

/**
 * A client as it names itself, and the user that it proved to be: another user's client of the same
 * name is another one.
 *
 * @param uuid {@code clientUUID}
 */
public record ClientId(String owner, String uuid) {

  public ClientId {
    if (!isValid(uuid)) {
      throw new IllegalArgumentException("a client's id has " + ResourceName.RULE);
    }
  }

  public static boolean isValid(String uuid) {
    return ResourceName.isValid(uuid);
  }

  /** Key of its record: what stands before the first slash has none itself. */
  String key() {
    return uuid + "/" + owner;
  }

  static String ownerOf(String key) {
    return key.substring(key.indexOf('/') + 1);
  }
}
