package io.millrace.gateway.security;

import io.millrace.filter.audience.Viewer;
import io.millrace.gateway.auth.Principal;
import java.util.function.Supplier;

/** Who callers are, as those who see events. Safe for use by several threads. */
@FunctionalInterface
public interface Viewers {

  /** As they have shown it, for ever. */
  Viewers AS_SHOWN = principal -> principal::viewer;

  /**
   * Who somebody is now, each time it is asked: a role that was taken away since is not there any
   * more. One that was given counts when the caller comes again. Quick.
   */
  Supplier<Viewer> of(Principal principal);
}
