package io.millrace.model.kafka;

import io.millrace.model.security.OwnerRoles;
import io.millrace.model.security.SecurityRules;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Is told of what stands in the security topic, on the follower's thread. */
public interface SecurityListener {

  /**
   * These are the rules now.
   *
   * @param rules empty if they cannot be understood here, or are gone: nobody knows who may see
   *     what
   */
  void rules(Optional<SecurityRules> rules);

  /**
   * This is known of a user.
   *
   * @param roles null if nothing is, or nothing that is understood here
   */
  void roles(String user, @Nullable OwnerRoles roles);
}
