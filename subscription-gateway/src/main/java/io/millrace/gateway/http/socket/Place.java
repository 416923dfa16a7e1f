package io.millrace.gateway.http.socket;

import org.jspecify.annotations.Nullable;

/** The place of one socket among all. Safe for use by several threads. */
final class Place {

  private final Places all;
  private final String address;
  private @Nullable String user;
  private boolean taken;

  /**
   * Is not taken yet.
   *
   * @param user null while that is not known
   */
  Place(Places all, String address, @Nullable String user) {
    this.all = all;
    this.address = address;
    this.user = user;
  }

  /** Takes it; tells which limit is exceeded by that, if any. To be called once. */
  synchronized @Nullable String take() {
    taken = true;
    return all.take(address, user);
  }

  /** Tells whose it is; false if there are too many of that user's. */
  synchronized boolean claim(String owner) {
    if (!taken || owner.equals(user)) {
      return true;
    }
    if (user != null || !all.name(address, owner)) {
      return false;
    }
    user = owner;
    return true;
  }

  /** Leaves it, if it was taken. */
  synchronized void free() {
    if (taken) {
      taken = false;
      all.free(address, user);
    }
  }
}
