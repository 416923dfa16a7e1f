package io.millrace.gateway.security;

import io.millrace.filter.audience.Viewer;
import io.millrace.gateway.auth.Principal;
import io.millrace.gateway.auth.RoleBook;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Somebody whom the users file knows: has what he has shown, as far as the file still gives it to
 * him.
 */
final class FiledViewer implements Supplier<Viewer> {

  private final Principal principal;
  private final RoleBook book;
  private volatile Seen seen;

  FiledViewer(Principal principal, RoleBook book) {
    this.principal = principal;
    this.book = book;
    this.seen = new Seen(Optional.empty(), Viewer.STRANGER);
  }

  private record Seen(Optional<Set<String>> roles, Viewer viewer) {}

  @Override
  public Viewer get() {
    Seen last = seen;
    Optional<Set<String>> now = book.roles(principal.name());
    if (!now.equals(last.roles)) {
      last = new Seen(now, now.map(this::viewer).orElse(Viewer.STRANGER));
      seen = last;
    }
    return last.viewer;
  }

  private Viewer viewer(Set<String> roles) {
    Set<String> both = new HashSet<>(principal.roles());
    both.retainAll(roles);
    return new Viewer(principal.name(), both);
  }
}
