package io.millrace.gateway.foundry.socket;

import io.millrace.gateway.auth.Principal;
import io.millrace.model.event.TopicPath;
import java.util.Collections;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Who counts as a client device, and which topics are for such. The document says that a client
 * device may subscribe to events of the type client only, and not how one is told from other
 * clients: here everybody is one who lacks the roles of a server.
 *
 * @param serverRoles with one of these it is no device
 * @param clientOnly whether the catalogue marks a topic for devices
 */
record ClientDevices(Set<String> serverRoles, Predicate<TopicPath> clientOnly) {

  /** Whether the user may subscribe to the topic. */
  boolean mayFollow(Principal user, TopicPath topic) {
    return !Collections.disjoint(user.roles(), serverRoles) || clientOnly.test(topic);
  }
}
